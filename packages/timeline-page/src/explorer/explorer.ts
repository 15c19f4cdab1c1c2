import { durationText } from '../drawing/time-text.ts'
import type { Chart } from '../chart/chart.ts'
import { besideCursor, endCursor, firstCursor, otherCursor, type Cursor } from '../chart/cursor.ts'
import type { Overview } from '../chart/overview.ts'
import { readPalette } from '../chart/palette.ts'
import type { LinesPane } from '../lines/lines-pane.ts'
import { keyAction, type KeyAction } from './key-action.ts'
import { listenToPointers } from './pointer-input.ts'
import type { Tip } from './tip.ts'

const zoomStep = 0.6
const panShare = 0.25

/** What the explorer works with beside the chart. */
export interface ExplorerParts {
  overview: Overview
  tip: Tip
  pane: LinesPane
  /** Where it writes what time a bar stands for. */
  barLength: HTMLElement
  /** Where it writes what is at the cursor, for a screen reader. */
  spoken: HTMLElement
}

/** Explores a chart by pointers, keys and buttons, and shows what is found. */
export class Explorer {
  readonly #chart: Chart
  readonly #parts: ExplorerParts
  #palette = readPalette(document)
  #isFrameRequested = false

  constructor(chart: Chart, parts: ExplorerParts) {
    this.#chart = chart
    this.#parts = parts
    listenToPointers(chart, {
      onMove: () => {
        parts.tip.hide()
        this.redraw()
      },
      onHover: ({ clientX, clientY }) => void this.#look(chart.cursorAt(clientX, clientY), clientX, clientY),
      onLeave: () => void this.#look(undefined, 0, 0),
      onPress: ({ clientX, clientY }) => {
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

  /** Reads the colours again, after the scheme has changed. */
  recolor(): void {
    this.#palette = readPalette(document)
    this.redraw()
  }

  /** Paints in the next frame. */
  redraw(): void {
    if (this.#isFrameRequested) return
    this.#isFrameRequested = true
    requestAnimationFrame(() => {
      this.#isFrameRequested = false
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
    // The place that it describes has moved.
    this.#parts.tip.hide()
    this.redraw()
  }

  /** Moves the cursor to a line that was selected below, and shows its time. */
  reveal(cursor: Cursor): void {
    this.#chart.cursor = cursor
    this.#chart.viewport.reveal(cursor.ms)
    this.redraw()
  }

  /** The time at the cursor if it is in view, else the time in the middle. */
  #middleMs(): number {
    const { viewport, cursor } = this.#chart
    const isInView = cursor !== undefined && cursor.ms >= viewport.fromMs && cursor.ms <= viewport.toMs
    return isInView ? cursor.ms : (viewport.fromMs + viewport.toMs) / 2
  }

  /** Moves the cursor; without one yet, to the first line. */
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

  /** Selects the first line at the cursor in the pane of lines. */
  #read(): void {
    const { cursor } = this.#chart
    const finding = cursor && this.#chart.findingAt(cursor)
    const id = finding?.kind === 'lines' ? finding.ids[0] : undefined
    if (id !== undefined) this.#parts.pane.select(id)
  }
}
