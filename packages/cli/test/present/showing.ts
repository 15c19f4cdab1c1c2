import { makePresenter } from '../../src/present/make-presenter.ts'
import type { Piece } from '../../src/present/presenter.ts'
import type { PresenterStyle } from '../../src/present/presenter-style.ts'
import type { ShownEvent } from '../../src/shown-event.ts'

/** Both streams to the same pipe or file. */
export const pipe: PresenterStyle = {
  format: 'text',
  timestamps: 'none',
  prefix: undefined,
  color: 'auto',
  to: 'both',
  ansi: 'colors',
  isStdoutTerminal: false,
  isStderrTerminal: false,
  isShared: true,
  names: [],
  env: {},
}

/** Both streams to the same terminal, without colours unless they are asked for. */
export const terminal: PresenterStyle = { ...pipe, isStdoutTerminal: true, isStderrTerminal: true, color: 'never' }

/** Noon of some day, by the clock of wherever this runs. */
export const noon: number = new Date(2026, 0, 31, 12).getTime()

/** What is different in an event from one that came at noon. */
interface Rest {
  name?: string
  /** Milliseconds after noon. */
  at?: number
}

function event(body: object, { name, at = 0 }: Rest): ShownEvent {
  return { ...(name === undefined ? {} : { name }), seq: 1, t: noon + at, ...body } as ShownEvent
}

export function out(data: string, rest: Rest = {}): ShownEvent {
  return event({ type: 'output', stream: 'stdout', data }, rest)
}

export function err(data: string, rest: Rest = {}): ShownEvent {
  return event({ type: 'output', stream: 'stderr', data }, rest)
}

/** What is not UTF-8, on stdout. */
export function bytes(...values: number[]): ShownEvent {
  const data = Buffer.from(values).toString('base64')
  return event({ type: 'output', stream: 'stdout', data, encoding: 'base64' }, {})
}

export function start(rest: Rest & { command?: string[]; pid?: number } = {}): ShownEvent {
  const { command = ['/bin/make', 'all'], pid = 77 } = rest
  return event({ type: 'start', v: 1, run: 'a', command, pid }, rest)
}

export function exit(how: Partial<ShownEvent & { type: 'exit' }> = {}, rest: Rest = {}): ShownEvent {
  return event({ type: 'exit', code: 0, signal: null, reason: 'exited', ...how }, rest)
}

/** What is written for these events and the end after them. */
export function pieces(style: PresenterStyle, ...events: ShownEvent[]): Piece[] {
  const presenter = makePresenter(style)
  return [...events.flatMap((one) => presenter.show(one)), ...presenter.end()]
}

/** The same as one text, wherever it is written. */
export function shown(style: PresenterStyle, ...events: ShownEvent[]): string {
  return pieces(style, ...events)
    .map(({ text }) => (typeof text === 'string' ? text : Buffer.from(text).toString()))
    .join('')
}
