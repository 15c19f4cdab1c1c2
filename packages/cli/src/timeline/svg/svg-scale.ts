import type { CommandScan } from '../scan/command-scan.ts'

const barStepPx = 4
const marksPx = 40

/** Where times and counts are in a picture, and what its rows have in common. */
export class SvgScale {
  readonly fromPx: number
  readonly toPx: number
  readonly rowPx: number
  /** The height of the tallest bar, upwards and downwards. */
  readonly barPx: number
  /** A bar stands for the same time in all rows: `slotsPerBar` slots of their counts. */
  readonly slotMs: number
  readonly slotsPerBar: number
  /** How many lines the fullest bar has. */
  readonly max: number
  readonly #durationMs: number

  constructor(fromPx: number, toPx: number, durationMs: number, commands: readonly CommandScan[]) {
    this.fromPx = fromPx
    this.toPx = toPx
    this.#durationMs = Math.max(1, durationMs)
    this.barPx = commands.length <= 2 ? 38 : commands.length <= 8 ? 26 : 18
    this.rowPx = marksPx + 2 * this.barPx + 12
    const densities = commands.flatMap(({ stdout, stderr }) => [stdout.density, stderr.density])
    this.slotMs = Math.max(1, ...densities.map(({ slotMs }) => slotMs))
    const mostBars = (toPx - fromPx) / barStepPx
    this.slotsPerBar = Math.ceil((this.#durationMs + 1) / this.slotMs / mostBars)
    this.max = Math.max(0, ...densities.map((density) => Math.max(0, ...this.barsOf(density))))
  }

  xOf(ms: number): number {
    return tenths(this.fromPx + (ms / this.#durationMs) * (this.toPx - this.fromPx))
  }

  /** The lines of each bar, from the start on. */
  barsOf(density: CommandScan['stdout']['density']): number[] {
    const bars: number[] = []
    density.countsAt(this.slotMs).forEach((count, slot) => {
      const bar = Math.floor(slot / this.slotsPerBar)
      bars[bar] = (bars[bar] ?? 0) + count
    })
    return bars
  }
}

export function tenths(px: number): number {
  return Math.round(px * 10) / 10
}
