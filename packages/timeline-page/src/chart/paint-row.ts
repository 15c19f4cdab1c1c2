import { barHeightPx } from '../drawing/bar-height.ts'
import { isFailure, outcomeText } from '../drawing/outcome-text.ts'
import { placeLabels, type Label } from '../drawing/place-labels.ts'
import { durationText } from '../drawing/time-text.ts'
import { binsOf } from './bins.ts'
import type { CommandRow } from '../record/command-row.ts'
import type { Lane } from '../record/lane.ts'
import type { Palette } from './palette.ts'
import type { RowLayout } from './row-layout.ts'
import type { Surface } from './surface.ts'
import type { Viewport } from './viewport.ts'

/** What all rows of the chart have in common. */
export interface RowScale {
  viewport: Viewport
  binMs: number
  /** How many lines the fullest bin of any row has. */
  fullest: number
}

const widestBarPx = 6
/** A silence is labelled where it is at least this wide, or an eighth of the width. */
const leastSilencePx = 64
/** The space on each side of that label. */
const silenceGapPx = 10

/** Paints a row: a line while its command runs, its stdout as bars above and its stderr below, its silences and its ends. */
export function paintRow(
  surface: Surface,
  palette: Palette,
  row: CommandRow,
  layout: RowLayout,
  scale: RowScale,
): void {
  paintRuns(surface, palette, row, layout, scale)
  paintBars(surface, palette.out, row.stdout, layout.baseY - 1, -layout.barPx, scale)
  paintBars(surface, palette.err, row.stderr, layout.baseY + 2, layout.barPx, scale)
  paintSilences(surface, palette, row, layout, scale)
  paintEnds(surface, palette, row, layout, scale)
}

function paintRuns(
  surface: Surface,
  palette: Palette,
  row: CommandRow,
  { baseY }: RowLayout,
  { viewport }: RowScale,
): void {
  let lastX = -1
  for (const { startMs, endMs } of row.data.attempts) {
    const fromX = Math.max(viewport.xOf(startMs, surface.widthPx), -1)
    const toX = Math.min(viewport.xOf(endMs, surface.widthPx), surface.widthPx + 1)
    if (toX < 0 || fromX > surface.widthPx || toX - lastX < 1) continue
    surface.line(fromX, baseY, toX, baseY, palette.base)
    lastX = toX
  }
}

function paintBars(surface: Surface, color: string, lane: Lane, y: number, fullPx: number, scale: RowScale): void {
  const { viewport, binMs, fullest } = scale
  const { firstBin, counts } = binsOf(lane, binMs, viewport.fromMs, viewport.toMs)
  const binPx = (binMs / viewport.spanMs) * surface.widthPx
  const barPx = Math.min(Math.max(binPx - 1, 2), widestBarPx)
  surface.context.fillStyle = color
  counts.forEach((count, bin) => {
    if (count === 0) return
    const x = viewport.xOf((firstBin + bin) * binMs, surface.widthPx)
    const heightPx = Math.round(barHeightPx(count, fullest, Math.abs(fullPx)))
    surface.context.fillRect(x, fullPx < 0 ? y - heightPx : y, barPx, heightPx)
  })
}

function paintSilences(surface: Surface, palette: Palette, row: CommandRow, layout: RowLayout, scale: RowScale): void {
  const { viewport } = scale
  const thanMs = viewport.spanMs * Math.min(leastSilencePx / surface.widthPx, 1 / 8)
  for (const { fromMs, toMs } of row.silencesBetween(viewport.fromMs, viewport.toMs, thanMs)) {
    const fromX = Math.max(viewport.xOf(fromMs, surface.widthPx), 0)
    const toX = Math.min(viewport.xOf(toMs, surface.widthPx), surface.widthPx)
    const short = durationText(toMs - fromMs)
    const text = [`${short} silent`, short].find((one) => surface.widthOf(one) + 2 * silenceGapPx <= toX - fromX)
    if (text === undefined) continue
    const widthPx = surface.widthOf(text) + 12
    const middleX = (fromX + toX) / 2
    surface.context.fillStyle = palette.paper
    surface.context.fillRect(middleX - widthPx / 2, layout.baseY - 7, widthPx, 15)
    surface.text(text, middleX, layout.baseY + 1, palette.muted, 'center')
  }
}

interface EndLabel extends Label {
  text: string
  color: string
}

/** Paints a mark where each run ends, the outcome before the mark, and the number of each further start where it begins. */
function paintEnds(
  surface: Surface,
  palette: Palette,
  row: CommandRow,
  layout: RowLayout,
  { viewport }: RowScale,
): void {
  const labels: EndLabel[] = []
  let lastX = -1
  row.data.attempts.forEach(({ startMs, endMs, outcome }, attempt) => {
    const startX = viewport.xOf(startMs, surface.widthPx)
    if (attempt > 0 && startX >= 0 && startX < surface.widthPx) {
      const text = `start ${attempt + 1}`
      labels.push({
        text,
        color: palette.muted,
        leftPx: startX + 5,
        widthPx: surface.widthOf(text),
        isImportant: false,
      })
    }
    const x = viewport.xOf(endMs, surface.widthPx)
    if (x < 0 || x > surface.widthPx + 1 || x - lastX < 1) return
    lastX = x
    const hasFailed = isFailure(outcome)
    surface.line(x, layout.marksY - 8, x, layout.baseY + layout.barPx, hasFailed ? palette.fail : palette.base)
    const text = outcomeText(outcome)
    const widthPx = surface.widthOf(text)
    const color = hasFailed ? palette.fail : palette.muted
    labels.push({
      text,
      color,
      leftPx: x - 5 - widthPx >= 0 ? x - 5 - widthPx : x + 5,
      widthPx,
      isImportant: hasFailed,
    })
  })
  for (const { text, color, leftPx } of placeLabels(labels, 0, surface.widthPx, 8)) {
    surface.text(text, leftPx, layout.marksY, color)
  }
}
