import { makePresenter } from '../present/make-presenter.ts'
import type { PresenterStyle } from '../present/presenter-style.ts'
import { textWidth } from '../present/text-width.ts'
import { terminalSize, usualSize, type TerminalSize } from './terminal-size.ts'

/** The size for a terminal that we give to a program: ours, without what our mark takes of each line. */
export function ptySize(style: PresenterStyle): TerminalSize {
  if (!style.isStdoutTerminal && !style.isStderrTerminal) return usualSize
  const { columns, rows } = terminalSize(style.isStdoutTerminal ? process.stdout : process.stderr)
  return { columns: Math.max(1, columns - markColumns(style)), rows }
}

/** How much of a line our mark takes. */
function markColumns(style: PresenterStyle): number {
  if (style.format === 'raw' || style.format === 'jsonl') return 0
  const presenter = makePresenter({ ...style, color: 'never', env: {} })
  const [name] = style.names
  const common = { seq: 1, t: Date.now(), ...(name === undefined ? {} : { name }) }
  presenter.show({ ...common, type: 'start', v: 1, run: '', command: [''], pid: 1 })
  const [piece] = presenter.show({ ...common, type: 'output', stream: 'stdout', data: '\n' })
  return piece === undefined ? 0 : textWidth(String(piece.text).slice(0, -1))
}
