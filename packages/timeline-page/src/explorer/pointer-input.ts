import type { Chart } from '../chart/chart.ts'

/** A press that moves less than this is not a drag. */
const stillPx = 5
const lineHeightPx = 20
/** How far a pixel of wheel movement zooms. */
const zoomPerPx = 0.002

/** What hears of the pointers. */
export interface PointerListener {
  /** The viewport was panned or zoomed. */
  onMove(): void
  onHover(event: PointerEvent): void
  /** The pointer is no longer over the chart. */
  onLeave(): void
  onPress(event: PointerEvent): void
}

/** Pans and zooms a chart by drags, pinches and the wheel, and tells of hovering and presses, by mouse, finger and pen. */
export function listenToPointers(chart: Chart, listener: PointerListener): void {
  const { scroller } = chart
  const pointers = new Map<number, { x: number; y: number }>()
  let hasMoved = false
  let startX = 0

  scroller.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    hasMoved = pointers.size > 1
    startX = event.clientX
  })

  scroller.addEventListener('pointermove', (event) => {
    const pointer = pointers.get(event.pointerId)
    if (pointer === undefined) {
      if (event.pointerType === 'mouse') listener.onHover(event)
      return
    }
    if (!hasMoved && Math.abs(event.clientX - startX) < stillPx) return
    if (!hasMoved) scroller.setPointerCapture(event.pointerId)
    hasMoved = true
    const before = spread(pointers)
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    const after = spread(pointers)
    chart.viewport.panBy((before.x - after.x) * chart.msPerPx)
    if (pointers.size > 1 && after.px > 0) chart.viewport.zoomAt(chart.msAt(after.x), before.px / after.px)
    listener.onMove()
  })

  const lift = (event: PointerEvent): void => {
    const wasDown = pointers.delete(event.pointerId)
    if (wasDown && !hasMoved && event.type === 'pointerup') listener.onPress(event)
  }
  scroller.addEventListener('pointerup', lift)
  // The browser took over to scroll the page: what was shown for the old place would stay behind.
  scroller.addEventListener('pointercancel', (event) => {
    lift(event)
    listener.onLeave()
  })
  document.addEventListener('pointerdown', ({ target }) => {
    if (!(target instanceof Node && scroller.contains(target))) listener.onLeave()
  })
  scroller.addEventListener('pointerleave', (event) => {
    if (event.pointerType === 'mouse') listener.onLeave()
  })

  scroller.addEventListener(
    'wheel',
    (event) => {
      const scale = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? lineHeightPx : 1
      const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)
      const deltaPx = scale * (isSideways && event.deltaX !== 0 ? event.deltaX : event.deltaY)
      const { viewport } = chart
      // When everything is in view already, turning the wheel back scrolls the page.
      if (!isSideways && !event.ctrlKey && viewport.isWhole && deltaPx > 0) return
      event.preventDefault()
      if (isSideways) viewport.panBy(deltaPx * chart.msPerPx)
      // A pinch on a touchpad arrives as small turns of the wheel with Ctrl.
      else viewport.zoomAt(chart.msAt(event.clientX), Math.exp(deltaPx * zoomPerPx * (event.ctrlKey ? 5 : 1)))
      listener.onMove()
    },
    { passive: false },
  )
}

/** The middle of the pointers, and their distance. */
function spread(pointers: ReadonlyMap<number, { x: number; y: number }>): { x: number; px: number } {
  const [first, second] = [...pointers.values()]
  if (first === undefined) return { x: 0, px: 0 }
  if (second === undefined) return { x: first.x, px: 0 }
  return { x: (first.x + second.x) / 2, px: Math.hypot(first.x - second.x, first.y - second.y) }
}
