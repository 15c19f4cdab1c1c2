import { countText, groupedText, type CommandData, type PageData } from '@rivulet/timeline-page'
import type { PageBundle } from '@rivulet/timeline-page/bundle'
import { escapeMarkup } from '../escape-markup.ts'
import type { LineBlock } from './line-packer.ts'

/** What a page is made of. */
export interface PageContent {
  data: PageData
  /** The record in a few numbers. */
  summary: string[]
  /** What a reader must know about what is missing. */
  notes: string[]
  blocks: readonly LineBlock[]
}

/**
 * The page in pieces: one file that loads nothing else. What programs printed and what they are called is data in it: escaped where it
 * is shown, base64 where it is kept. Should that ever fail, the policy still lets no script run but the page's own.
 */
export function* pageHtml(
  { data, summary, notes, blocks }: PageContent,
  { script, scriptHash, style, styleHash }: PageBundle,
): Generator<string> {
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(scriptHash, styleHash)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="rivulet timeline">
<title>${escapeMarkup(data.title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
${head(data, summary, notes)}
${chart(data)}
<section class="pane" aria-labelledby="lines-title">
<h2 id="lines-title">Lines<small>in the order in which they came</small></h2>
<div id="lines" tabindex="0" role="region" aria-labelledby="lines-title"></div>
</section>
<div id="tip" role="tooltip" hidden></div>
<div id="spoken" class="unseen" aria-live="polite"></div>
<script type="application/json" id="data">${jsonInMarkup(data)}</script>
`
  for (const { index, texts } of blocks) {
    yield `<script type="text/plain" class="index">${base64(index)}</script>\n`
    yield `<script type="text/plain" class="texts">${base64(texts)}</script>\n`
  }
  yield `<script>${script}</script>\n</body>\n</html>\n`
}

function policy(scriptHash: string, styleHash: string): string {
  const allowed = [`script-src '${scriptHash}'`, `style-src '${styleHash}'`, 'img-src data:']
  return [`default-src 'none'`, ...allowed, `base-uri 'none'`, `form-action 'none'`].join('; ')
}

function head({ title, startedAt }: PageData, summary: readonly string[], notes: readonly string[]): string {
  const when = new Date(startedAt).toISOString()
  const started = `<time datetime="${when}">${when.slice(0, 19).replace('T', ' ')} UTC</time>`
  const facts = [...summary.map(escapeMarkup), started].map((fact) => `<span>${fact}</span>`)
  const note = (text: string): string => `<p class="note">${escapeMarkup(text)}</p>\n`
  return `<header>
<div>
<h1>${escapeMarkup(title)}</h1>
<p>${facts.join(' · ')}</p>
${notes.map(note).join('')}</div>
<button id="theme" type="button" aria-label="Change between dark and light">Dark</button>
</header>
<p id="failure" role="alert" hidden></p>
<noscript><p class="bar">The picture and the lines are drawn by a script, which is switched off here.</p></noscript>`
}

function chart({ title, commands }: PageData): string {
  const lines = (stream: 'stdout' | 'stderr'): string =>
    groupedText(commands.reduce((sum, command) => sum + command[stream].lines, 0))
  const size = commands.length === 1 ? 'one' : commands.length <= 3 ? 'few' : 'many'
  return `<div class="bar">
<ul class="legend">
<li class="out">stdout ${lines('stdout')}</li>
<li class="err">stderr ${lines('stderr')}</li>
</ul>
<span>each bar <span id="bar-length"></span>, height by cube root</span>
<div class="buttons" role="group" aria-label="Time shown">
<button id="earlier" type="button" aria-label="Earlier" title="Earlier (Page up)">←</button>
<button id="wider" type="button" aria-label="Zoom out" title="Zoom out (−)">−</button>
<button id="whole" type="button" title="Show all (0)">All</button>
<button id="closer" type="button" aria-label="Zoom in" title="Zoom in (+)">+</button>
<button id="later" type="button" aria-label="Later" title="Later (Page down)">→</button>
</div>
</div>
<div class="time"><canvas id="axis" aria-hidden="true"></canvas></div>
<div class="stage">
<div id="rows" class="${size}" tabindex="0" role="application" aria-label="Timeline of ${countText(commands.length, 'command')}" aria-describedby="keys">
${commands.map((command) => row(command, title)).join('\n')}
</div>
<canvas id="chart" aria-hidden="true"></canvas>
</div>
<div class="below">
<canvas id="overview" aria-hidden="true"></canvas>
<p id="keys">Wheel to zoom, drag to move, click to read. Keys: <kbd>← →</kbd> step, <kbd>↑ ↓</kbd> stream, <kbd>+ −</kbd> zoom, <kbd>0</kbd> all, <kbd>Enter</kbd> read.</p>
</div>`
}

function row({ name, command, stdout, stderr }: CommandData, title: string): string {
  const counts = `out ${groupedText(stdout.lines)} · err ${groupedText(stderr.lines)}`
  // A page of a single command has the command as its title already.
  const shown = command === title ? '' : escapeMarkup(command)
  return `<div class="row"><div class="head"><b>${escapeMarkup(name)}</b><code>${shown}</code><span>${counts}</span></div></div>`
}

/** JSON that cannot end the element that it is in. */
function jsonInMarkup(data: PageData): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c')
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}
