import { barHeightPx } from '../drawing/bar-height.ts'
import { isFailure, outcomeText } from '../drawing/outcome-text.ts'
import { placeLabels, type Label } from '../drawing/place-labels.ts'
import { durationText } from '../drawing/time-text.ts'
import { binsOf } from './bins.ts'
import type { CommandRow } from './command-row.ts'
import type { Lane } from './lane.ts'
import type { Palette } from './palette.ts'
import type { RowPlace } from './row-place.ts'
import type { Surface } from './surface.ts'
import type { Viewport } from './viewport.ts'

/** What all rows of a picture have in common. */
export interface RowScale {
  viewport: Viewport
  binMs: number
  /** The most lines of any bin. */
  fullest: number
}

const widestBarPx = 6
/** The shortest silence whose length is written, unless it is an eighth of the width. */
const leastSilencePx = 64
/** Left free on each side of the text in it. */
const silenceGapPx = 10

/** Paints a row: a line while its command runs, what came above and below it, its ends and its silences. */
export function paintRow(surface: Surface, palette: Palette, row: CommandRow, place: RowPlace, scale: RowScale): void {
  paintRuns(surface, palette, row, place, scale)
  paintBars(surface, palette.out, row.stdout, place.baseY - 1, -place.barPx, scale)
  paintBars(surface, palette.err, row.stderr, place.baseY + 2, place.barPx, scale)
  paintSilences(surface, palette, row, place, scale)
  paintEnds(surface, palette, row, place, scale)
}

function paintRuns(
  surface: Surface,
  palette: Palette,
  row: CommandRow,
  { baseY }: RowPlace,
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

function paintSilences(surface: Surface, palette: Palette, row: CommandRow, place: RowPlace, scale: RowScale): void {
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
    surface.context.fillRect(middleX - widthPx / 2, place.baseY - 7, widthPx, 15)
    surface.text(text, middleX, place.baseY + 1, palette.muted, 'center')
  }
}

interface EndLabel extends Label {
  text: string
  color: string
}

/** A mark where a run ends, before it how it ended, and after it the number of the run that begins. */
function paintEnds(surface: Surface, palette: Palette, row: CommandRow, place: RowPlace, { viewport }: RowScale): void {
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
    surface.line(x, place.marksY - 8, x, place.baseY + place.barPx, hasFailed ? palette.fail : palette.base)
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
    surface.text(text, leftPx, place.marksY, color)
  }
}
