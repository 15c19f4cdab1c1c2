import { countText, elapsedText, groupedText, niceDurationMs } from '@rivulet/timeline-page'
import { escapeMarkup } from '../escape-markup.ts'
import { summaryTexts } from '../headings.ts'
import type { RecordSummary } from '../scan/record-scan.ts'
import { svgRow } from './svg-row.ts'
import { SvgScale } from './svg-scale.ts'

const widthPx = 960
const marginPx = 24
const headPx = 82
const axisPx = 28
/** More rows than these nobody takes in. */
const maxRows = 24

const colors = {
  paper: ['#ffffff', '#16181d'],
  ink: ['#1f2328', '#e6edf3'],
  muted: ['#5c636d', '#9aa3ae'],
  grid: ['#e7e9ec', '#2a2e36'],
  base: ['#b9bfc7', '#565d68'],
  out: ['#0b7285', '#3bc9db'],
  err: ['#a34a05', '#ffa94d'],
  fail: ['#c1121f', '#ff8787'],
} as const

/**
 * A record as a still picture: a row for each command, with stdout upwards and stderr downwards, in the colour scheme of the reader's
 * system. Its size does not depend on the length of the record.
 */
export function svgPicture(title: string, summary: RecordSummary): string {
  const { commands, durationMs } = summary
  const shown = commands.slice(0, maxRows)
  const scale = new SvgScale(marginPx, widthPx - marginPx, durationMs, shown)
  const rowsEndPx = headPx + shown.length * scale.rowPx
  const moreCommands = commands.length - shown.length
  const heightPx = rowsEndPx + axisPx + (moreCommands > 0 ? 22 : 0) + 8
  const more =
    moreCommands > 0 ? [textAt(marginPx, heightPx - 12, `and ${countText(moreCommands, 'more command')}`)] : []
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${widthPx} ${heightPx}" role="img" aria-labelledby="title"`,
    ` font-family="system-ui, sans-serif" font-size="12">\n`,
    `<title id="title">${escapeMarkup(`${title}: ${summaryTexts(summary).join(', ')}`)}</title>\n`,
    `<style>${style()}</style>\n`,
    `<rect class="paper" width="${widthPx}" height="${heightPx}" rx="8"/>\n`,
    `<text class="ink" x="${marginPx}" y="36" font-size="16" font-weight="600">${escapeMarkup(shortened(title, 80))}</text>\n`,
    textAt(marginPx, 57, summaryTexts(summary).join(' · ')),
    legend(commands),
    axis(scale, durationMs, rowsEndPx),
    ...shown.map((command, row) => svgRow(command, scale, headPx + row * scale.rowPx)),
    ...more,
    '</svg>\n',
  ].join('')
}

function legend(commands: RecordSummary['commands']): string {
  const lines = (stream: 'stdout' | 'stderr'): string =>
    groupedText(commands.reduce((sum, command) => sum + command[stream].totals.lines, 0))
  return (
    `<text class="muted" x="${widthPx - marginPx}" y="57" font-size="11" text-anchor="end">` +
    `<tspan class="out">■</tspan> stdout ${lines('stdout')} ` +
    `<tspan class="err" dx="10">■</tspan> stderr ${lines('stderr')}</text>\n`
  )
}

/** Grid lines through all rows at round times, with the times below. */
function axis(scale: SvgScale, durationMs: number, rowsEndPx: number): string {
  const stepMs = niceDurationMs((durationMs * 100) / (scale.toPx - scale.fromPx))
  const marks: string[] = []
  for (let ms = 0; ms <= durationMs; ms += stepMs) {
    const x = scale.xOf(ms)
    marks.push(`<path class="grid-line" d="M${x} ${headPx - 6}V${rowsEndPx + 4}"/>`)
    // The last may be so near the edge that its text would be cut off.
    const anchor = ms === 0 ? 'start' : x > scale.toPx - 20 ? 'end' : 'middle'
    marks.push(textAt(x, rowsEndPx + 20, elapsedText(ms, stepMs), anchor))
  }
  return marks.join('')
}

function textAt(x: number, y: number, text: string, anchor = 'start'): string {
  const place = anchor === 'start' ? '' : ` text-anchor="${anchor}"`
  return `<text class="muted" x="${x}" y="${y}" font-size="11"${place}>${escapeMarkup(text)}</text>\n`
}

function shortened(text: string, chars: number): string {
  return text.length > chars ? `${text.slice(0, chars - 1)}…` : text
}

/** Fills for texts and areas, strokes for lines; the classes say which. */
function style(): string {
  const rules = (scheme: 0 | 1): string =>
    Object.entries(colors)
      .map(([name, pair]) => `.${name}{fill:${pair[scheme]}}.${name}-line{stroke:${pair[scheme]}}`)
      .join('') + `text{stroke:${colors.paper[scheme]}}`
  return `text{stroke-width:4;paint-order:stroke;stroke-linejoin:round}path{fill:none;stroke-width:1}${rules(0)}@media(prefers-color-scheme:dark){${rules(1)}}`
}
