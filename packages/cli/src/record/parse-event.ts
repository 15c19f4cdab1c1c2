import type { EndReason } from 'rivulet/process'
import { visible } from '../text/visible.ts'
import type { CommandEvent } from '../command-event.ts'

/** What a line of a record is: an event, or why it is not one. */
export type ParsedEvent = { event: CommandEvent } | { why: string }

/** The members of what may be an event, before anything is known about them. */
type Fields = Readonly<Record<Member, unknown>>

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

/** The longest name, in UTF-16 units, since something is kept for each name of a record. */
const maxNameLength = 1_024

/** How deep lists and objects may be nested. */
const maxDepth = 32

const reasons: Record<EndReason, true> = {
  exited: true,
  killed: true,
  aborted: true,
  timeout: true,
  limit: true,
  failed: true,
}

/** Parses one line of a record. Members of an event beyond the known ones are kept as they are. */
export function parseEvent(line: string): ParsedEvent {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    // The engine's message shows parts of the line as they are, and its wording changes with every version.
    return { why: 'not JSON' }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { why: `not an event: ${Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`}` }
  }
  const why = wrongEvent(value as Fields)
  return why === undefined ? { event: value as CommandEvent } : { why }
}

/** What is wrong with an event; `undefined` where nothing is. */
function wrongEvent(fields: Fields): string | undefined {
  return wrongDepth(fields) ?? wrongPlace(fields) ?? wrongBody(fields)
}

/** Checked first, and for unknown members too: what is nested some thousand levels deep can be parsed but not written again. */
function wrongDepth(fields: Fields): string | undefined {
  for (const [member, value] of Object.entries(fields)) {
    if (!isShallow(value, maxDepth)) return `${shown(member)} is nested more than ${maxDepth} levels deep`
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
  if (!Number.isSafeInteger(seq) || (seq as number) < 1) return wrong('seq', 'a whole number of at least 1', seq)
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
  if (!Number.isSafeInteger(pid) || (pid as number) < 1) return wrong('pid', 'a whole number of at least 1', pid)
  return undefined
}

function wrongOutput({ stream, data, encoding }: Fields): string | undefined {
  if (stream !== 'stdout' && stream !== 'stderr') return wrong('stream', 'stdout or stderr', stream)
  if (typeof data !== 'string') return wrong('data', 'text', data)
  if (encoding !== undefined && encoding !== 'base64') return wrong('encoding', 'base64 or absent', encoding)
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

/** Without one expression for the whole, which would run out of stack on some megabytes. */
function isBase64(data: string): boolean {
  return data.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(data.replace(/={1,2}$/, ''))
}

function wrong(member: string, wanted: string, value: unknown): string {
  return value === undefined ? `${member} is missing` : `${member} must be ${wanted}, not ${shown(value)}`
}

/** The longest value that a message shows, in characters. */
const shownLength = 40

/** A value as a message can show it on a terminal: short, and without control characters. */
function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return visible(text.length > shownLength ? `${text.slice(0, shownLength)}…` : text)
}
