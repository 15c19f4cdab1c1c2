import type { CommandEvent } from '../../../src/command-event.ts'

/** The time of the first event of these, in milliseconds since the epoch. */
export const epochMs = 1_700_000_000_000

/** What an event has beside what its kind says. */
interface Place {
  seq?: number
  t?: number
  name?: string
}

export function start(place: Place = {}, command = ['make']): CommandEvent {
  return { ...placed(place, 1), type: 'start', v: 1, run: 'r', command, pid: 7 }
}

export function output(data: string, place: Place & { stream?: 'stdout' | 'stderr' } = {}): CommandEvent {
  const { stream = 'stdout', ...rest } = place
  return { ...placed(rest, 2), type: 'output', stream, data }
}

/** Output that is not UTF-8. */
export function bytes(data: readonly number[], place: Place = {}): CommandEvent {
  const base64 = Buffer.from(data).toString('base64')
  return { ...placed(place, 2), type: 'output', stream: 'stdout', data: base64, encoding: 'base64' }
}

export function exit(place: Place = {}, code = 0): CommandEvent {
  return { ...placed(place, 2), type: 'exit', code, signal: null, reason: 'exited' }
}

/** Events as a file holds them. */
export function saved(...events: CommandEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('')
}

function placed({ name, seq, t = epochMs }: Place, usualSeq: number): { name?: string; seq: number; t: number } {
  return { ...(name === undefined ? {} : { name }), seq: seq ?? usualSeq, t }
}
