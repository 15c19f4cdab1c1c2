import { Chart } from './chart/chart.ts'
import { Overview } from './chart/overview.ts'
import { Viewport } from './chart/viewport.ts'
import { byId } from './element.ts'
import { Explorer } from './explorer/explorer.ts'
import type { KeyAction } from './explorer/key-action.ts'
import { Tip } from './explorer/tip.ts'
import { LinesPane } from './lines/lines-pane.ts'
import { readPageRecord } from './record/page-record.ts'

const buttons: Record<string, KeyAction> = {
  earlier: { kind: 'pan', direction: -1 },
  later: { kind: 'pan', direction: 1 },
  closer: { kind: 'zoom', direction: 1 },
  wider: { kind: 'zoom', direction: -1 },
  whole: { kind: 'fit' },
}

async function open(): Promise<void> {
  const record = await readPageRecord(document, fail)
  const { rows, table, texts, data } = record
  const viewport = new Viewport(data.durationMs)
  const scroller = byId('rows', HTMLElement)
  const chart = new Chart(
    {
      axis: byId('axis', HTMLCanvasElement),
      canvas: byId('chart', HTMLCanvasElement),
      scroller,
      rowElements: [...scroller.querySelectorAll<HTMLElement>('.row')],
    },
    viewport,
    rows,
    data.durationMs,
  )
  const overview = new Overview(byId('overview', HTMLCanvasElement), viewport, rows, () => explorer.redraw())
  const pane = new LinesPane(
    byId('lines', HTMLElement),
    record,
    (id) => {
      const lane = table.laneOf(id)
      explorer.reveal({ row: lane >> 1, stream: lane % 2 === 0 ? 'stdout' : 'stderr', ms: table.msOf(id) })
      pane.select(id)
    },
    (ms) => {
      chart.readingMs = ms
      explorer.redraw()
    },
  )
  const explorer = new Explorer(chart, {
    overview,
    tip: new Tip(byId('tip', HTMLElement), texts),
    pane,
    barLength: byId('bar-length', HTMLElement),
    spoken: byId('spoken', HTMLElement),
  })
  for (const [id, action] of Object.entries(buttons)) {
    byId(id, HTMLButtonElement).addEventListener('click', () => explorer.act(action))
  }
  listenToTheme(byId('theme', HTMLButtonElement), () => explorer.recolor())
  document.body.classList.add('open')
}

/** Has the button switch between dark and light; until it is pressed the system decides. */
function listenToTheme(button: HTMLButtonElement, onChange: () => void): void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const root = document.documentElement
  const isDark = (): boolean => (root.dataset.theme === undefined ? system.matches : root.dataset.theme === 'dark')
  const update = (): void => {
    button.textContent = isDark() ? 'Light' : 'Dark'
    onChange()
  }
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark'
    update()
  })
  system.addEventListener('change', update)
  update()
}

function fail(error: unknown): void {
  const failure = byId('failure', HTMLElement)
  failure.textContent = `This page cannot be shown: ${error instanceof Error ? error.message : String(error)}`
  failure.hidden = false
}

open().catch(fail)
