import { durationText } from '../drawing/time-text.ts'
import type { Chart } from './chart.ts'
import { listenToPointers } from './chart-pointer.ts'
import { besideCursor, endCursor, firstCursor, otherCursor, type Cursor } from './cursor.ts'
import { keyAction, type KeyAction } from './key-action.ts'
import type { LinesPane } from './lines-pane.ts'
import type { Overview } from './overview.ts'
import { readPalette } from './palette.ts'
import type { Tip } from './tip.ts'

const zoomStep = 0.6
const panShare = 0.25

/** What the explorer has to do with beside the chart. */
export interface ExplorerParts {
  overview: Overview
  tip: Tip
  pane: LinesPane
  /** Where it says how long a bar is. */
  barLength: HTMLElement
  /** Where it says, to those who do not see it, what is at the cursor. */
  spoken: HTMLElement
}

/** Looking around in a chart: what pointers, keys and buttons do to it, and what is shown of it then. */
export class Explorer {
  readonly #chart: Chart
  readonly #parts: ExplorerParts
  #palette = readPalette(document)
  #isFrameAsked = false

  constructor(chart: Chart, parts: ExplorerParts) {
    this.#chart = chart
    this.#parts = parts
    listenToPointers(chart, {
      moved: () => {
        parts.tip.hide()
        this.redraw()
      },
      hovers: ({ clientX, clientY }) => void this.#look(chart.cursorAt(clientX, clientY), clientX, clientY),
      leaves: () => void this.#look(undefined, 0, 0),
      presses: ({ clientX, clientY }) => {
        void this.#look(chart.cursorAt(clientX, clientY), clientX, clientY)
        this.#read()
      },
    })
    chart.scroller.addEventListener('keydown', (event) => {
      const action = keyAction(event.key, event.shiftKey, event.ctrlKey || event.metaKey || event.altKey)
      if (action === undefined) return
      event.preventDefault()
      this.act(action)
    })
    chart.scroller.addEventListener('scroll', () => this.redraw())
    new ResizeObserver(() => this.redraw()).observe(chart.scroller)
  }

  /** Takes up the colours anew. */
  recolor(): void {
    this.#palette = readPalette(document)
    this.redraw()
  }

  /** Paints at the next frame. */
  redraw(): void {
    if (this.#isFrameAsked) return
    this.#isFrameAsked = true
    requestAnimationFrame(() => {
      this.#isFrameAsked = false
      this.#chart.paint(this.#palette)
      this.#parts.overview.paint(this.#palette)
      this.#parts.barLength.textContent = durationText(this.#chart.binMs)
    })
  }

  act(action: KeyAction): void {
    const { viewport } = this.#chart
    switch (action.kind) {
      case 'step':
        return this.#step((cursor) => besideCursor(this.#chart.rows, cursor, this.#chart.binMs, action.direction))
      case 'stream':
        return this.#step((cursor) => otherCursor(this.#chart.rows, cursor, action.direction))
      case 'end':
        this.#chart.cursor ??= firstCursor(this.#chart.rows)
        return this.#step((cursor) => endCursor(this.#chart.rows, cursor, action.direction))
      case 'pan':
        viewport.panBy(action.direction * panShare * viewport.spanMs)
        break
      case 'zoom':
        viewport.zoomAt(this.#middleMs(), action.direction === 1 ? zoomStep : 1 / zoomStep)
        break
      case 'fit':
        viewport.fit()
        break
      case 'read':
        return this.#read()
      case 'close':
        this.#chart.cursor = undefined
        break
    }
    // What it tells of stands elsewhere now.
    this.#parts.tip.hide()
    this.redraw()
  }

  /** Shows the time of a line that was chosen below. */
  reveal(cursor: Cursor): void {
    this.#chart.cursor = cursor
    this.#chart.viewport.reveal(cursor.ms)
    this.redraw()
  }

  /** The time at the cursor, where it is in sight. */
  #middleMs(): number {
    const { viewport, cursor } = this.#chart
    const isInSight = cursor !== undefined && cursor.ms >= viewport.fromMs && cursor.ms <= viewport.toMs
    return isInSight ? cursor.ms : (viewport.fromMs + viewport.toMs) / 2
  }

  /** Where there is no cursor yet, its first place is the first line. */
  #step(move: (cursor: Cursor) => Cursor): void {
    const { cursor, rows } = this.#chart
    const next = cursor === undefined ? firstCursor(rows) : move(cursor)
    if (next === undefined) return
    this.#chart.viewport.reveal(next.ms)
    const { scroller } = this.#chart
    scroller.querySelectorAll('.row')[next.row]?.scrollIntoView({ block: 'nearest' })
    const { x, y } = this.#chart.placeOf(next)
    void this.#look(next, x, y)?.then(() => (this.#parts.spoken.textContent = this.#parts.tip.text))
  }

  #look(cursor: Cursor | undefined, x: number, y: number): Promise<void> | undefined {
    this.#chart.cursor = cursor
    this.redraw()
    const finding = cursor && this.#chart.findingAt(cursor)
    const row = cursor && this.#chart.rows[cursor.row]
    if (finding !== undefined && row !== undefined) return this.#parts.tip.show(row, finding, x, y)
    this.#parts.tip.hide()
    return undefined
  }

  /** Shows the lines at the cursor among the others. */
  #read(): void {
    const { cursor } = this.#chart
    const finding = cursor && this.#chart.findingAt(cursor)
    const id = finding?.kind === 'lines' ? finding.ids[0] : undefined
    if (id !== undefined) this.#parts.pane.select(id)
  }
}
