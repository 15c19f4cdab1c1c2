import type { EndReason } from 'rivulet/process'
import { visible } from '../text/visible.ts'

/** The members of what may be an event, of which nothing is known. */
export type Fields = Readonly<Record<Member, unknown>>

type Member =
  | 'seq'
  | 't'
  | 'name'
  | 'type'
  | 'v'
  | 'run'
  | 'command'
  | 'pid'
  | 'stream'
  | 'data'
  | 'encoding'
  | 'code'
  | 'signal'
  | 'reason'

/** The greatest time that a date can have, in milliseconds since the epoch. */
const latestMs = 8_640_000_000_000_000

/** The longest name, in UTF-16 units: of each that a record has something is kept. */
const maxNameLength = 1_024

/** How deep lists and objects may be in one another. */
const deepest = 32

const reasons: Record<EndReason, true> = {
  exited: true,
  killed: true,
  aborted: true,
  timeout: true,
  limit: true,
  failed: true,
}

/** What is wrong with an event; `undefined` where nothing is. */
export function wrongEvent(fields: Fields): string | undefined {
  return wrongDepth(fields) ?? wrongPlace(fields) ?? wrongBody(fields)
}

/** Looked at first, and of unknown members too: what is nested some thousand deep can be read, but not be written again. */
function wrongDepth(fields: Fields): string | undefined {
  for (const [member, value] of Object.entries(fields)) {
    if (!isShallow(value, deepest)) return `${shown(member)} is nested more than ${deepest} deep`
  }
  return undefined
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1))
}

function wrongBody(fields: Fields): string | undefined {
  switch (fields.type) {
    case 'start':
      return wrongStart(fields)
    case 'output':
      return wrongOutput(fields)
    case 'exit':
      return wrongExit(fields)
    default:
      return wrong('type', 'start, output or exit', fields.type)
  }
}

function wrongPlace({ seq, t, name }: Fields): string | undefined {
  if (!Number.isSafeInteger(seq) || (seq as number) < 1) return wrong('seq', 'a whole number from 1 on', seq)
  if (typeof t !== 'number' || t < 0 || t > latestMs) return wrong('t', 'milliseconds since the epoch', t)
  if (name !== undefined && (typeof name !== 'string' || name.length > maxNameLength)) {
    return wrong('name', `text of at most ${maxNameLength} characters`, name)
  }
  return undefined
}

function wrongStart({ v, run, command, pid }: Fields): string | undefined {
  if (v !== 1) return wrong('v', '1, the version that this rivulet reads', v)
  if (typeof run !== 'string') return wrong('run', 'text', run)
  if (!Array.isArray(command) || command.length === 0 || command.some((word) => typeof word !== 'string')) {
    return wrong('command', 'a list of words', command)
  }
  if (!Number.isSafeInteger(pid) || (pid as number) < 1) return wrong('pid', 'a whole number from 1 on', pid)
  return undefined
}

function wrongOutput({ stream, data, encoding }: Fields): string | undefined {
  if (stream !== 'stdout' && stream !== 'stderr') return wrong('stream', 'stdout or stderr', stream)
  if (typeof data !== 'string') return wrong('data', 'text', data)
  if (encoding !== undefined && encoding !== 'base64') return wrong('encoding', 'base64 or left out', encoding)
  if (encoding === 'base64' && !isBase64(data)) return wrong('data', 'base64, as encoding says', data)
  return undefined
}

function wrongExit({ code, signal, reason }: Fields): string | undefined {
  if (code !== null && !Number.isSafeInteger(code)) return wrong('code', 'a whole number or null', code)
  if (signal !== null && typeof signal !== 'string') return wrong('signal', 'the name of a signal or null', signal)
  if (typeof reason !== 'string' || !Object.hasOwn(reasons, reason)) {
    return wrong('reason', `one of ${Object.keys(reasons).join(', ')}`, reason)
  }
  return undefined
}

/** Not by one expression for the whole, which runs out of stack where that has some megabytes. */
function isBase64(data: string): boolean {
  return data.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(data.replace(/={1,2}$/, ''))
}

function wrong(member: string, wanted: string, value: unknown): string {
  return value === undefined ? `${member} is missing` : `${member} must be ${wanted}, not ${shown(value)}`
}

/** The longest value that a message shows, in characters. */
const shownLength = 40

/** A value as a message may show it to a terminal: short, and without a control character. */
function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return visible(text.length > shownLength ? `${text.slice(0, shownLength)}…` : text)
}
