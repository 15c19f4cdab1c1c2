import { barHeightPx } from '../drawing/bar-height.ts'
import { binMsFor, binsOf, type Bins } from './bins.ts'
import type { CommandRow } from '../record/command-row.ts'
import type { Palette } from './palette.ts'
import { Surface } from './surface.ts'
import type { Viewport } from './viewport.ts'

const edgePx = 4

/** The whole record in a strip, whatever the zoom. The part that the rows show is marked in it, and can be dragged. */
export class Overview {
  readonly #surface: Surface
  readonly #viewport: Viewport
  readonly #rows: readonly CommandRow[]
  #bins: (Bins & { widthPx: number }) | undefined

  constructor(canvas: HTMLCanvasElement, viewport: Viewport, rows: readonly CommandRow[], onMove: () => void) {
    this.#surface = new Surface(canvas)
    this.#viewport = viewport
    this.#rows = rows
    const moveTo = (event: PointerEvent): void => {
      const { fromMs, toMs } = viewport.whole
      const ms = fromMs + (event.offsetX / canvas.clientWidth) * (toMs - fromMs)
      viewport.panBy(ms - (viewport.fromMs + viewport.toMs) / 2)
      onMove()
    }
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId)
      moveTo(event)
    })
    canvas.addEventListener('pointermove', (event) => {
      if (canvas.hasPointerCapture(event.pointerId)) moveTo(event)
    })
  }

  paint(palette: Palette): void {
    const surface = this.#surface
    const viewport = this.#viewport
    surface.clear()
    const { widthPx, heightPx } = surface
    const { fromMs, toMs } = viewport.whole
    const pxPerMs = widthPx / (toMs - fromMs)
    const [left, right] = [(viewport.fromMs - fromMs) * pxPerMs, (viewport.toMs - fromMs) * pxPerMs]
    if (!viewport.isWhole) {
      surface.context.fillStyle = palette.tint
      surface.context.fillRect(left, 0, right - left, heightPx)
    }
    const { binMs, firstBin, counts } = this.#binsFor(widthPx, fromMs, toMs)
    const fullest = counts.reduce((most, count) => Math.max(most, count), 0)
    const barPx = Math.max(2, binMs * pxPerMs - 1)
    surface.context.fillStyle = palette.muted
    counts.forEach((count, bin) => {
      if (count === 0) return
      const barHeight = Math.round(barHeightPx(count, fullest, heightPx - 2 * edgePx))
      surface.context.fillRect(
        ((firstBin + bin) * binMs - fromMs) * pxPerMs,
        heightPx - edgePx - barHeight,
        barPx,
        barHeight,
      )
    })
    if (viewport.isWhole) return
    for (const x of [left, right - 1]) surface.line(x, 0, x, heightPx, palette.focus)
  }

  #binsFor(widthPx: number, fromMs: number, toMs: number): Bins {
    if (this.#bins?.widthPx === widthPx) return this.#bins
    const binMs = binMsFor((toMs - fromMs) / widthPx)
    const firstBin = Math.floor(fromMs / binMs)
    const counts = new Float64Array(Math.ceil(toMs / binMs) - firstBin)
    for (const lane of this.#rows.flatMap(({ stdout, stderr }) => [stdout, stderr])) {
      binsOf(lane, binMs, fromMs, toMs).counts.forEach((count, bin) => (counts[bin] = (counts[bin] ?? 0) + count))
    }
    this.#bins = { widthPx, binMs, firstBin, counts }
    return this.#bins
  }
}
