import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readRecord } from '../../src/record/read-record.ts'
import { bundledProgram } from './support/bundled-program.ts'
import { temporaryFolder } from './support/folder.ts'

const kills = 30

/** Saves events from short to long, and shows the number of each when it is saved. */
const source = `
  import { writeSync } from 'node:fs'
  import { RecordWriter } from './record/record-writer.ts'
  const writer = await RecordWriter.open(process.argv[2])
  for (let seq = 1; ; seq++) {
    const data = String(seq).repeat((seq * 7919) % 20_000) + '\\n'
    await writer.write({ seq, t: 1_700_000_000_000 + seq, type: 'output', stream: 'stdout', data })
    writeSync(1, seq + '\\n')
  }`

/** A choice by progress and not by time: the same places each time, spread over all that a process gets to. */
const places = Array.from({ length: kills }, (_, index) => 1 + ((index * 7919) % 200))

test(`of a process that is killed at any of ${kills} places, nothing that it had shown is lost`, async () => {
  const program = await bundledProgram(source)
  const path = join(temporaryFolder(), 'run.jsonl')
  for (const place of places) {
    const saver = spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'inherit'] })
    let shown = ''
    saver.stdout.setEncoding('latin1').on('data', (text: string) => {
      shown += text
      if (lastShown(shown) >= place) saver.kill('SIGKILL')
    })
    expect(await once(saver, 'close')).toEqual([null, 'SIGKILL'])

    const broken: number[] = []
    let read = 0
    for await (const event of readRecord(path, { onBroken: (lineNumber) => broken.push(lineNumber) })) {
      expect(event.seq).toBe(++read)
    }
    expect(broken).toEqual([])
    expect(read).toBeGreaterThanOrEqual(lastShown(shown))
    // All lines but the last are whole, and at most one was written and not yet shown.
    expect(read).toBeLessThanOrEqual(lastShown(shown) + 1)
    expect(readFileSync(path, 'latin1').split('\n').length - 1).toBe(read)
  }
}, 60_000)

/** The number in the last whole line. */
function lastShown(shown: string): number {
  return Number(shown.split('\n').at(-2) ?? 0)
}
