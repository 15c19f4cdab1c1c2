import {
  barHeightPx,
  durationText,
  groupedText,
  isFailure,
  outcomeText,
  placeLabels,
  type Attempt,
  type Label,
} from '@rivulet/timeline-page'
import { escapeMarkup } from '../escape-markup.ts'
import type { CommandScan } from '../scan/command-scan.ts'
import { tenths, type SvgScale } from './svg-scale.ts'

const namePx = 12
const marksPx = 32
const longestName = 60
/** The greatest width of a character in the texts of a row. */
const charPx = 6.4

interface EndLabel extends Label {
  text: string
  className: string
  x: number
  anchor: 'start' | 'end'
}

/** The row of a command: its name, a line while it runs, bars above and below the line, its silences and its ends. */
export function svgRow(command: CommandScan, scale: SvgScale, topPx: number): string {
  const baseY = topPx + marksPx + 6 + scale.barPx
  return [
    head(command, scale, topPx + namePx),
    ...runs(command.attempts, scale, baseY),
    bars(scale.barsOf(command.stdout.density), scale, baseY - 1, -1, 'out-line'),
    bars(scale.barsOf(command.stderr.density), scale, baseY + 1, 1, 'err-line'),
    ...silences(command, scale, baseY),
    ...ends(command.attempts, scale, topPx + marksPx, baseY),
    '\n',
  ].join('')
}

function head({ name, stdout, stderr }: CommandScan, { fromPx, toPx }: SvgScale, y: number): string {
  const shown = name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name
  const counts = `out ${groupedText(stdout.totals.lines)} · err ${groupedText(stderr.totals.lines)}`
  return (
    `<text class="ink" x="${fromPx}" y="${y}" font-weight="600">${escapeMarkup(shown)}</text>` +
    `<text class="muted" x="${toPx}" y="${y}" font-size="11" text-anchor="end">${counts}</text>`
  )
}

/** A line for each attempt, except where it would fall on the pixels of the one before. */
function runs(attempts: readonly Attempt[], scale: SvgScale, y: number): string[] {
  let path = ''
  let lastPx = -1
  for (const { startMs, endMs } of attempts) {
    const [from, to] = [scale.xOf(startMs), Math.max(scale.xOf(endMs), scale.xOf(startMs) + 1)]
    if (to - lastPx < 1) continue
    path += `M${from} ${y}H${to}`
    lastPx = to
  }
  return path === '' ? [] : [`<path class="base-line" d="${path}"/>`]
}

function bars(counts: readonly number[], scale: SvgScale, y: number, direction: 1 | -1, className: string): string {
  const barMs = scale.slotMs * scale.slotsPerBar
  const stepPx = scale.xOf(barMs) - scale.fromPx
  const widthPx = Math.max(1, Math.min(stepPx - 1, 4))
  let path = ''
  counts.forEach((count, bar) => {
    if (count === 0) return
    const heightPx = tenths(direction * barHeightPx(count, scale.max, scale.barPx))
    path += `M${tenths(Math.min(scale.xOf(bar * barMs) + widthPx / 2, scale.toPx))} ${y}v${heightPx}`
  })
  return path === '' ? '' : `<path class="${className}" d="${path}" style="stroke-width:${tenths(widthPx)}"/>`
}

function silences({ silences: { kept } }: CommandScan, scale: SvgScale, y: number): string[] {
  const labels = kept.map(({ fromMs, toMs }) => {
    const text = `${durationText(toMs - fromMs)} silent`
    const widthPx = text.length * charPx + 12
    const [from, to] = [scale.xOf(fromMs), scale.xOf(toMs)]
    return {
      text,
      className: 'muted',
      isImportant: false,
      leftPx: (from + to - widthPx) / 2,
      widthPx,
      roomPx: to - from,
    }
  })
  return placeLabels(
    labels.filter(({ roomPx, widthPx }) => roomPx > widthPx + 16),
    scale.fromPx,
    scale.toPx,
    4,
  ).map(
    ({ text, leftPx, widthPx }) =>
      `<rect class="paper" x="${tenths(leftPx)}" y="${y - 7}" width="${tenths(widthPx)}" height="14"/>` +
      `<text class="muted" x="${tenths(leftPx + widthPx / 2)}" y="${y + 4}" font-size="11" text-anchor="middle">${text}</text>`,
  )
}

/** A mark at each end, and where there is room the outcome before the mark. */
function ends(attempts: readonly Attempt[], scale: SvgScale, topY: number, baseY: number): string[] {
  let [fine, failed] = ['', '']
  let lastPx = -1
  const labels: EndLabel[] = []
  for (const { endMs, outcome } of attempts) {
    const x = scale.xOf(endMs)
    if (x - lastPx < 1) continue
    lastPx = x
    const mark = `M${x} ${topY - 8}V${baseY + scale.barPx}`
    if (isFailure(outcome)) failed += mark
    else fine += mark
    const text = outcomeText(outcome)
    const widthPx = text.length * charPx
    const className = isFailure(outcome) ? 'fail' : 'muted'
    const place = { text, className, widthPx, isImportant: isFailure(outcome) }
    // At the left edge there is room only after the mark.
    if (x - 5 - widthPx >= scale.fromPx) labels.push({ ...place, x: x - 5, leftPx: x - 5 - widthPx, anchor: 'end' })
    else labels.push({ ...place, x: x + 5, leftPx: x + 5, anchor: 'start' })
  }
  return [
    fine === '' ? '' : `<path class="base-line" d="${fine}"/>`,
    failed === '' ? '' : `<path class="fail-line" d="${failed}"/>`,
    ...placeLabels(labels, scale.fromPx, scale.toPx, 6).map(
      ({ text, className, x, anchor }) =>
        `<text class="${className}" x="${tenths(x)}" y="${topY}" font-size="11" text-anchor="${anchor}">` +
        `${escapeMarkup(text)}</text>`,
    ),
  ]
}
