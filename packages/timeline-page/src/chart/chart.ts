import { binMsFor, fullestBin } from './bins.ts'
import type { CommandRow } from '../record/command-row.ts'
import type { Cursor } from './cursor.ts'
import { findingAt, type Finding } from './finding.ts'
import { axisTimes, paintAxis } from './paint-axis.ts'
import { paintRow } from './paint-row.ts'
import type { Palette } from './palette.ts'
import { rowLayout, type RowLayout } from './row-layout.ts'
import { Surface } from './surface.ts'
import type { Viewport } from './viewport.ts'

/** How far a pointer may be from a line. */
const nearPx = 8

/** The elements that a chart is made of. The rows scroll below a canvas that stays where it is. */
export interface ChartParts {
  axis: HTMLCanvasElement
  canvas: HTMLCanvasElement
  scroller: HTMLElement
  rowElements: readonly HTMLElement[]
}

/** The rows over time: paints them, and knows what is where. */
export class Chart {
  readonly viewport: Viewport
  readonly rows: readonly CommandRow[]
  readonly scroller: HTMLElement
  cursor: Cursor | undefined
  /** The time of the lines that are being read below. */
  readingMs: number | undefined
  readonly #durationMs: number
  readonly #parts: ChartParts
  readonly #axis: Surface
  readonly #surface: Surface
  /** How many lines the fullest bin has, by the length of the bins, so that bars keep their heights while the chart is panned. */
  readonly #fullest = new Map<number, number>()

  constructor(parts: ChartParts, viewport: Viewport, rows: readonly CommandRow[], durationMs: number) {
    this.#parts = parts
    this.viewport = viewport
    this.rows = rows
    this.scroller = parts.scroller
    this.#durationMs = durationMs
    this.#axis = new Surface(parts.axis)
    this.#surface = new Surface(parts.canvas)
  }

  get widthPx(): number {
    return this.#surface.widthPx
  }

  get msPerPx(): number {
    return this.viewport.spanMs / this.widthPx
  }

  get binMs(): number {
    return binMsFor(this.msPerPx)
  }

  /** The time at this place in the window. */
  msAt(clientX: number): number {
    return this.viewport.msAt(clientX - this.#parts.canvas.getBoundingClientRect().left, this.widthPx)
  }

  cursorAt(clientX: number, clientY: number): Cursor | undefined {
    const y = clientY - this.#parts.canvas.getBoundingClientRect().top
    const row = this.#layouts().findIndex(({ topPx, bottomPx }) => y >= topPx && y < bottomPx)
    const layout = this.#layouts()[row]
    if (layout === undefined) return undefined
    return { row, stream: y <= layout.baseY ? 'stdout' : 'stderr', ms: this.msAt(clientX) }
  }

  /** What is found at the cursor. */
  findingAt({ row, stream, ms }: Cursor): Finding | undefined {
    const found = this.rows[row]
    return found && findingAt(found, stream, ms, this.binMs, nearPx * this.msPerPx)
  }

  /** Where the cursor is in the window. */
  placeOf({ row, stream, ms }: Cursor): { x: number; y: number } {
    const { left, top } = this.#parts.canvas.getBoundingClientRect()
    const layout = this.#layouts()[row]
    const y = layout === undefined ? 0 : layout.baseY + (stream === 'stdout' ? -layout.barPx : 0)
    return { x: left + this.viewport.xOf(ms, this.widthPx), y: top + y }
  }

  paint(palette: Palette): void {
    paintAxis(this.#axis, palette, this.viewport, this.#durationMs, this.readingMs)
    const surface = this.#surface
    surface.clear()
    const layouts = this.#layouts()
    this.#paintGrid(palette, layouts)
    this.#paintCursor(palette, layouts)
    const scale = { viewport: this.viewport, binMs: this.binMs, fullest: this.#fullestOf(this.binMs) }
    this.rows.forEach((row, at) => {
      const layout = layouts[at]
      if (layout === undefined || layout.bottomPx < 0 || layout.topPx > surface.heightPx) return
      if (this.cursor?.row === at) this.#paintCursorBin(palette, layout, this.cursor)
      paintRow(surface, palette, row, layout, scale)
    })
  }

  #layouts(): RowLayout[] {
    const { scrollTop } = this.#parts.scroller
    return this.#parts.rowElements.map(({ offsetTop, offsetHeight }) => rowLayout(offsetTop - scrollTop, offsetHeight))
  }

  #paintGrid(palette: Palette, layouts: readonly RowLayout[]): void {
    const { times } = axisTimes(this.viewport, this.#durationMs, this.widthPx)
    for (const { marksY, bottomPx } of layouts) {
      for (const ms of times) {
        const x = this.viewport.xOf(ms, this.widthPx)
        this.#surface.line(x, marksY - 8, x, bottomPx, palette.grid)
      }
    }
  }

  #paintCursorBin(palette: Palette, { baseY, barPx }: RowLayout, { stream, ms }: Cursor): void {
    const { binMs } = this
    const x = this.viewport.xOf(Math.floor(ms / binMs) * binMs, this.widthPx)
    const binPx = binMs / this.msPerPx
    this.#surface.context.fillStyle = palette.tint
    this.#surface.context.fillRect(x - 1, stream === 'stdout' ? baseY - barPx : baseY, binPx + 1, barPx)
  }

  #paintCursor(palette: Palette, layouts: readonly RowLayout[]): void {
    if (this.cursor === undefined) return
    const x = this.viewport.xOf(this.cursor.ms, this.widthPx)
    for (const { marksY, bottomPx } of layouts) this.#surface.line(x, marksY - 8, x, bottomPx, palette.muted)
  }

  #fullestOf(binMs: number): number {
    let fullest = this.#fullest.get(binMs)
    if (fullest === undefined) {
      const lanes = this.rows.flatMap(({ stdout, stderr }) => [stdout, stderr])
      fullest = lanes.reduce((most, lane) => Math.max(most, fullestBin(lane, binMs)), 0)
      this.#fullest.set(binMs, fullest)
    }
    return fullest
  }
}
