import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RecordError } from '../../src/record/record-error.ts'
import { RecordWriter } from '../../src/record/record-writer.ts'
import { rejectionOf } from '../../../rivulet/test/support/turn.ts'
import { bundledProgram } from './support/bundled-program.ts'
import { exit, output, saved, start } from './support/events.ts'
import { fileWith, temporaryFolder } from './support/folder.ts'

describe('RecordWriter', () => {
  test('has an event in the file when write() has returned, one a line, the name first', async () => {
    const path = join(temporaryFolder(), 'run.jsonl')
    const events = [start({ name: 'api' }), output('é\n\u2028'), exit()]
    await using writer = await RecordWriter.open(path)
    for (const [index, event] of events.entries()) {
      await writer.write(event)
      expect(readFileSync(path, 'utf8')).toBe(saved(...events.slice(0, index + 1)))
    }
    await writer.write({ ...output('x'), name: 'web' })
    expect(readFileSync(path, 'utf8').split('\n').at(-2)).toMatch(/^\{"name":"web","seq":2,/)
  })

  test('overwrites what is there, with the first event and not before', async () => {
    const earlier = 'what was there before\n'.repeat(1_000)
    const path = fileWith(earlier)
    await (await RecordWriter.open(path)).close()
    expect(readFileSync(path, 'utf8')).toBe(earlier)
    const writer = await RecordWriter.open(path)
    await writer.write(start())
    await writer.close()
    expect(readFileSync(path, 'utf8')).toBe(saved(start()))
  })

  test.each([
    [
      'a folder that is not there',
      (folder: string) => join(folder, 'none/run.jsonl'),
      'no such file or folder (ENOENT)',
    ],
    ['a folder', (folder: string) => folder, 'it is a folder (EISDIR)'],
    ['a pipe that nobody reads', (folder: string) => makePipe(folder), 'nothing is reading it (ENXIO)'],
  ])('refuses %s when it is opened', async (_, pathIn, why) => {
    const path = pathIn(temporaryFolder())
    const error = await rejectionOf(RecordWriter.open(path))
    expect(error).toBeInstanceOf(RecordError)
    expect(error).toMatchObject({ message: `Cannot save to '${path}': ${why}`, path })
  })

  test('refuses a file that is not ours to write when it is opened', async () => {
    const folder = join(temporaryFolder(), 'closed')
    mkdirSync(folder)
    chmodSync(folder, 0o500)
    // The superuser may write anywhere, but for what the system does not let itself be told.
    const path = process.getuid?.() === 0 ? '/proc/sys/kernel/ostype' : join(folder, 'run.jsonl')
    expect(await rejectionOf(RecordWriter.open(path))).toMatchObject({ code: 'EACCES' })
  })

  test('throws where the disk is full, and again whatever comes then', async () => {
    const writer = await RecordWriter.open('/dev/full')
    const error = thrown(() => void writer.write(start()))
    expect(error).toMatchObject({
      message: "Cannot save to '/dev/full': the disk is full; make room, or save elsewhere (ENOSPC)",
    })
    expect(thrown(() => void writer.write(exit()))).toBe(error)
    await writer.close()
  })

  test('leaves whole lines where the disk has room for a part of one only', async () => {
    const path = join(temporaryFolder(), 'run.jsonl')
    const line = saved(output('x'.repeat(700)))
    const program = await bundledProgram(`
      import { RecordWriter } from './record/record-writer.ts'
      const writer = await RecordWriter.open(process.argv[2])
      let count = 0
      try {
        for (; count < 10_000; count++) await writer.write(${line})
      } catch (error) {
        console.log(JSON.stringify({ count, message: error.message }))
      }
      await writer.close()`)
    // In blocks of 512 or 1,024 bytes, as the shell likes: no number of lines below some hundred ends where one does.
    const words = ['-c', 'ulimit -f 20; exec "$0" "$@"', process.execPath, program, path]
    const { stdout } = spawnSync('sh', words, { encoding: 'utf8' })
    const { count, message } = JSON.parse(stdout) as { count: number; message: string }
    expect(message).toBe(`Cannot save to '${path}': the file has reached the file size limit (EFBIG)`)
    const content = readFileSync(path, 'utf8')
    expect(content.length).toBe(count * line.length)
    expect(count).toBeGreaterThan(10)
    expect(content).toBe(line.repeat(count))
  })

  test('writes to a pipe too, as fast as its reader reads', async () => {
    const folder = temporaryFolder()
    const path = makePipe(folder)
    const reader = spawn('sh', ['-c', `echo ready; exec cat '${path}'`], { stdio: ['ignore', 'pipe', 'inherit'] })
    let content = ''
    reader.stdout.setEncoding('utf8').on('data', (text: string) => (content += text))
    const writer = await openedWhenRead(path)
    const long = output('x'.repeat(100_000))
    for (let count = 0; count < 20; count++) await writer.write(long)
    await writer.close()
    await once(reader, 'close')
    expect(content).toBe(`ready\n${saved(long).repeat(20)}`)
  })

  test('rejects when the reader of its pipe leaves', async () => {
    const path = makePipe(temporaryFolder())
    const reader = spawn('head', ['-n', '1', path], { stdio: ['ignore', 'ignore', 'inherit'] })
    const writer = await openedWhenRead(path)
    await writer.write(start())
    await once(reader, 'close')
    const error = await rejectionOf(Promise.resolve(writer.write(output('x'))))
    expect(error).toMatchObject({ message: `Cannot save to '${path}': its reader has closed it (EPIPE)` })
    expect(thrown(() => void writer.write(exit()))).toBe(error)
    await writer.close()
  })
})

function makePipe(folder: string): string {
  const path = join(folder, 'pipe')
  expect(spawnSync('mkfifo', [path]).status).toBe(0)
  return path
}

/** Opened as soon as somebody reads the pipe. */
async function openedWhenRead(path: string): Promise<RecordWriter> {
  for (;;) {
    try {
      return await RecordWriter.open(path)
    } catch (error) {
      if (!(error instanceof RecordError && error.code === 'ENXIO')) throw error
    }
  }
}

function thrown(throws: () => void): unknown {
  try {
    throws()
  } catch (error) {
    return error
  }
  throw new Error('Expected it to throw')
}
