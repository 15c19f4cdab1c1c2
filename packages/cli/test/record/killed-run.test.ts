import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readRecord } from '../../src/record/read-record.ts'
import { temporaryFolder } from './support/folder.ts'

const kills = 12
const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url))

/** After how many bytes, from a few to some hundred times what one reading gives: by progress and not by time. */
const places = Array.from({ length: kills }, (_, index) => 1 + ((index * 7_919 * 7_919) % 4_000_000))

test(`of a run whose recorder is killed at any of ${kills} places, nothing that was shown is lost`, async () => {
  const path = join(temporaryFolder(), 'run.jsonl')
  for (const place of places) {
    const words = ['run', '--format', 'raw', '--save', path, '--', 'seq', '100000000']
    const run = spawn(process.execPath, [main, ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
    const shown: Buffer[] = []
    let shownBytes = 0
    run.stdout.on('data', (chunk: Buffer) => {
      shown.push(chunk)
      shownBytes += chunk.length
      if (shownBytes >= place) run.kill('SIGKILL')
    })
    expect(await once(run, 'close')).toEqual([null, 'SIGKILL'])

    const kept: string[] = []
    let seq = 0
    for await (const event of readRecord(path, {
      onBroken: (lineNumber) => expect.fail(`line ${lineNumber} is broken`),
    })) {
      expect(event.seq).toBe(++seq)
      if (event.type === 'output') kept.push(event.data)
    }
    // Not given to `expect`, which would compare many megabytes for its message.
    expect(kept.join('').startsWith(Buffer.concat(shown).toString())).toBe(true)
  }
}, 60_000)
