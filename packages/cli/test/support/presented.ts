import type { CommandEvent } from '../../src/command-event.ts'
import { makePresenter } from '../../src/present/make-presenter.ts'
import type { Piece } from '../../src/present/presenter.ts'
import type { PresenterStyle } from '../../src/present/presenter-style.ts'

/** Noon of some day, by the clock of wherever this runs. */
export const noon: number = new Date(2026, 0, 31, 12).getTime()

/** How an event differs from one that came at noon. */
interface Rest {
  name?: string
  /** Milliseconds after noon. */
  at?: number
}

function event(body: object, { name, at = 0 }: Rest): CommandEvent {
  return { ...(name === undefined ? {} : { name }), seq: 1, t: noon + at, ...body } as CommandEvent
}

export function out(data: string, rest: Rest = {}): CommandEvent {
  return event({ type: 'output', stream: 'stdout', data }, rest)
}

export function err(data: string, rest: Rest = {}): CommandEvent {
  return event({ type: 'output', stream: 'stderr', data }, rest)
}

/** What is not UTF-8, on stdout. */
export function bytes(...values: number[]): CommandEvent {
  const data = Buffer.from(values).toString('base64')
  return event({ type: 'output', stream: 'stdout', data, encoding: 'base64' }, {})
}

export function start(rest: Rest & { command?: string[]; pid?: number } = {}): CommandEvent {
  const { command = ['/bin/make', 'all'], pid = 77 } = rest
  return event({ type: 'start', v: 1, run: 'a', command, pid }, rest)
}

export function exit(how: Partial<CommandEvent & { type: 'exit' }> = {}, rest: Rest = {}): CommandEvent {
  return event({ type: 'exit', code: 0, signal: null, reason: 'exited', ...how }, rest)
}

/** Pieces with the texts for one place put together, as the screen does before it writes them. */
export function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = []
  for (const { to, text } of pieces) {
    const last = result.at(-1)
    if (last?.to === to && typeof last.text === 'string' && typeof text === 'string') last.text += text
    else result.push({ to, text })
  }
  return result
}

/** What is written for each of these events, and for the end after them. */
export function pieces(style: PresenterStyle, ...events: CommandEvent[]): Piece[] {
  const presenter = makePresenter(style)
  return [...events.flatMap((one) => joined(presenter.show(one))), ...joined(presenter.close())]
}

/** The same as one text, wherever it is written. */
export function presented(style: PresenterStyle, ...events: CommandEvent[]): string {
  return pieces(style, ...events)
    .map(({ text }) => (typeof text === 'string' ? text : Buffer.from(text).toString()))
    .join('')
}
