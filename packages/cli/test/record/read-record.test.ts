import { appendFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { createGzip, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { RecordError } from '../../src/record/record-error.ts'
import { readRecord, type RecordOptions } from '../../src/record/read-record.ts'
import type { CommandEvent } from '../../src/command-event.ts'
import { rejectionOf } from '../../../rivulet/test/support/turn.ts'
import { bytes, exit, output, saved, start } from './support/events.ts'
import { fileWith, temporaryFolder } from './support/folder.ts'

const events = [start(), output('one\ntw'), bytes([255, 10]), output('o\r\n\u2028é'), exit()]

interface Read {
  events: CommandEvent[]
  broken: [lineNumber: number, why: string][]
  hasTornEnd: boolean
  error: unknown
}

async function readAll(path: string, options: RecordOptions = {}): Promise<Read> {
  const read: Read = { events: [], broken: [], hasTornEnd: false, error: undefined }
  const reader = readRecord(path, { onBroken: (...line) => read.broken.push(line), ...options })
  try {
    for await (const event of reader) read.events.push(event)
  } catch (error) {
    read.error = error
  }
  read.hasTornEnd = reader.hasTornEnd
  return read
}

const whole = { events, broken: [], hasTornEnd: false, error: undefined }

describe('a record', () => {
  test('is read as it was saved', async () => {
    expect(await readAll(fileWith(saved(...events)))).toEqual(whole)
  })

  test.each<[what: string, content: string | Uint8Array]>([
    ['compressed with gzip, whatever it is called', gzipSync(saved(...events))],
    ['of several gzip members', Buffer.concat(events.map((event) => gzipSync(saved(event))))],
    ['with \\r\\n as line ends', saved(...events).replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\ufeff${saved(...events)}`],
    ['with a byte order mark, compressed', gzipSync(`\ufeff${saved(...events)}`)],
    ['without its last newline', saved(...events).trimEnd()],
    ['with empty lines', `\n${saved(...events).replaceAll('\n', '\n\n')}\r\n`],
  ])('%s is read like any other', async (_, content) => {
    expect(await readAll(fileWith(content))).toEqual(whole)
  })

  test('that is empty has no events, and is not torn', async () => {
    expect(await readAll(fileWith(''))).toEqual({ ...whole, events: [] })
  })

  test('whose last line is cut anywhere is read without it', async () => {
    const last = saved(exit())
    for (let length = 1; length < last.length - 1; length++) {
      const content = saved(start(), output('x')) + last.slice(0, length)
      expect(await readAll(fileWith(content))).toEqual({ ...whole, events: [start(), output('x')], hasTornEnd: true })
    }
  })

  test('whose last line is cut within a character is read without it', async () => {
    const content = Buffer.from(saved(output('é')).slice(0, -3))
    expect(await readAll(fileWith(content.subarray(0, -1)))).toEqual({ ...whole, events: [], hasTornEnd: true })
  })

  test('of more names than are kept is read without those that are too many', async () => {
    const names = Array.from({ length: 100_002 }, (_, index) => ({ name: String(index) }))
    const { events, broken } = await readAll(fileWith(saved(...names.map((name) => start(name)), exit(names[0]))))
    expect(events).toHaveLength(100_001)
    const why = 'the record has more than 100000 names'
    expect(broken).toEqual([
      [100_001, why],
      [100_002, why],
    ])
  })

  test('with lines that are no events is read without them, and they are told by their numbers', async () => {
    const content = `no JSON\n${saved(start())}\n{"type":"pause","seq":1,"t":1}\n${saved(output('x'))}[]\n${saved(exit())}`
    expect(await readAll(fileWith(content))).toEqual({
      events: [start(), output('x'), exit()],
      broken: [
        [1, 'not JSON'],
        [4, 'type must be start, output or exit, not "pause"'],
        [6, 'not an event: a list'],
      ],
      hasTornEnd: false,
      error: undefined,
    })
  })

  test('with a line of 16 MiB is read, and one above that is told and skipped', async () => {
    const fitting = output('x'.repeat(16_777_216 - saved(output('')).length + 1))
    const content = saved(start(), fitting) + saved(fitting).replace('xx', 'xxx') + saved(exit())
    const { events: read, broken } = await readAll(fileWith(content))
    expect(read.length).toBe(3)
    expect(read[1]).toEqual(fitting)
    expect(read[2]).toEqual(exit())
    expect(broken).toEqual([[3, 'longer than 16777216 bytes']])
  })

  test('is given in its order to who asks for several events at once, whatever is between them', async () => {
    const many = Array.from({ length: 20 }, (_, index) => output(`${index}`, { seq: index + 1 }))
    const content = many.map((event, index) => (index % 3 === 0 ? 'no\n\n' : '') + saved(event)).join('')
    const reader = readRecord(fileWith(content))
    const read = await Promise.all(Array.from({ length: 21 }, () => reader.next()))
    expect(read.map(({ value }) => value)).toEqual([...many, undefined])
  })

  test('that is cut in its gzip is read as far as it goes, and then the error', async () => {
    const many = [start(), ...Array.from({ length: 5_000 }, (_, index) => output(`${index ** 3}\n`))]
    const path = fileWith(gzipSync(saved(...many)).subarray(0, -1_000), 'run.jsonl.gz')
    const { events: read, broken, error } = await readAll(path)
    expect(read).toEqual(many.slice(0, read.length))
    expect(read.length).toBeGreaterThan(2_000)
    expect(broken).toEqual([])
    expect(error).toMatchObject({ isDamaged: true, code: 'Z_BUF_ERROR' })
    expect((error as Error).message).toBe(`Cannot read '${path}' to its end: its gzip data is cut short (Z_BUF_ERROR)`)
  })
})

describe('what cannot be read is an error that names it', () => {
  test.each([
    ['a file that is not there', () => join(temporaryFolder(), 'none'), 'no such file or folder (ENOENT)'],
    ['a folder', temporaryFolder, 'it is a folder (EISDIR)'],
  ])('%s', async (_, path, why) => {
    const file = path()
    const { error } = await readAll(file)
    expect(error).toBeInstanceOf(RecordError)
    expect(error).toMatchObject({ message: `Cannot read '${file}': ${why}`, isDamaged: false, path: file })
  })
})

describe('a record that is followed', { timeout: 20_000 }, () => {
  test('gives each event when it is there, and ends with the last exit', async () => {
    const path = fileWith(saved(start({ name: 'api' })))
    const reader = readRecord(path, { isFollowing: true })
    const first = await reader.next()
    expect(first.value).toEqual(start({ name: 'api' }))
    const later = [output('x', { name: 'api' }), start({ name: 'web' }), exit({ name: 'api' }), exit({ name: 'web' })]
    for (const event of later) {
      const next = reader.next()
      appendFileSync(path, saved(event))
      expect(await next).toEqual({ done: false, value: event })
    }
    expect(await reader.next()).toEqual({ done: true, value: undefined })
  })

  test('gives each event of a gzip file as its writer flushes it, and of the members that come after it', async () => {
    const path = fileWith('', 'run.jsonl.gz')
    const gzip = createGzip()
    gzip.on('data', (chunk: Buffer) => appendFileSync(path, chunk))
    const write = async (event: CommandEvent): Promise<void> => {
      gzip.write(saved(event))
      await new Promise<void>((resolve) => gzip.flush(resolve))
    }
    const reader = readRecord(path, { isFollowing: true })
    for (const event of [start({ name: 'api' }), output('x', { name: 'api' })]) {
      const next = reader.next()
      await write(event)
      expect(await next).toEqual({ done: false, value: event })
    }
    await new Promise<void>((resolve) => gzip.on('end', resolve).end())
    for (const event of [start({ name: 'web' }), exit({ name: 'api' }), exit({ name: 'web' })]) {
      const next = reader.next()
      appendFileSync(path, gzipSync(saved(event)))
      expect(await next).toEqual({ done: false, value: event })
    }
    expect(await reader.next()).toEqual({ done: true, value: undefined })
  })

  test('waits for the rest of a line', async () => {
    const path = fileWith(saved(start()))
    const reader = readRecord(path, { isFollowing: true })
    await reader.next()
    const next = reader.next()
    const line = saved(output('é'))
    for (const byte of Buffer.from(line)) appendFileSync(path, Buffer.from([byte]))
    expect((await next).value).toEqual(output('é'))
    await reader.return()
  })

  test('goes on between two commands that run one after the other', async () => {
    const path = fileWith(saved(start({ name: 'a' }), exit({ name: 'a' })))
    const reader = readRecord(path, { isFollowing: true })
    await reader.next()
    await reader.next()
    const next = reader.next()
    appendFileSync(path, saved(start({ name: 'b' })))
    expect((await next).value).toEqual(start({ name: 'b' }))
    await reader.return()
  })

  test('is an error when it is overwritten, after what was read', async () => {
    const path = fileWith(saved(start(), output('x')))
    const reader = readRecord(path, { isFollowing: true })
    await reader.next()
    await reader.next()
    const next = reader.next()
    truncateSync(path, 10)
    expect(await rejectionOf(next)).toMatchObject({
      message: `Cannot follow '${path}' any longer: it was overwritten; show it again (ESTALE)`,
    })
  })

  test('is left at once while it waits', async () => {
    const reader = readRecord(fileWith(saved(start())), { isFollowing: true })
    await reader.next()
    const next = reader.next()
    await reader.return()
    expect(await next).toEqual({ done: true, value: undefined })
  })
})
