import { supervisorStatus } from 'rivulet/process'
import { makePresenter } from '../../../present/make-presenter.ts'
import type { PresenterStyle } from '../../../present/presenter-style.ts'
import { textWidth } from '../../../present/text-width.ts'
import { terminalSize, usualSize, type TerminalSize } from '../../../screen/terminal-size.ts'
import type { Pty } from './relayed.ts'

/** Finds out how to give programs a terminal whose lines fit behind our marks. Throws if that is not possible. */
export function findPty(style: PresenterStyle): Pty {
  const supervisor = supervisorStatus()
  if (supervisor.available) return { path: supervisor.path, ...sizeWithoutMark(style) }
  throw new Error(`--pty stdout needs the supervisor, and ${supervisor.reason}; leave it out`)
}

/** The size of our terminal, without the columns that our mark takes of each line. */
function sizeWithoutMark(style: PresenterStyle): TerminalSize {
  if (!style.isStdoutTerminal && !style.isStderrTerminal) return usualSize
  const { columns, rows } = terminalSize(style.isStdoutTerminal ? process.stdout : process.stderr)
  return { columns: Math.max(1, columns - markColumns(style)), rows }
}

function markColumns(style: PresenterStyle): number {
  if (style.format === 'raw' || style.format === 'jsonl') return 0
  const presenter = makePresenter({ ...style, color: 'never', env: {} })
  const [name] = style.names
  const common = { seq: 1, t: Date.now(), ...(name === undefined ? {} : { name }) }
  presenter.show({ ...common, type: 'start', v: 1, run: '', command: [''], pid: 1 })
  const [mark] = presenter.show({ ...common, type: 'output', stream: 'stdout', data: '\n' })
  return mark === undefined ? 0 : textWidth(String(mark.text))
}
