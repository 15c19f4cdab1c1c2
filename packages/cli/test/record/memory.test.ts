import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { bundledProgram } from './support/bundled-program.ts'
import { output, saved } from './support/events.ts'

/** Reads stdin, and says how many events there were, how many broken lines, and how much memory that took at most. */
const source = `
  import { readRecord } from './record/read-record.ts'
  let events = 0
  let broken = 0
  for await (const _ of readRecord('-', { onBroken: () => broken++ })) events++
  console.log(JSON.stringify({ events, broken, maxRssKiB: process.resourceUsage().maxRSS }))`

/** That which many times as much as this would come to is not bounded. */
const longMiB = 400
const boundKiB = 300 * 1_024

interface Read {
  events: number
  broken: number
  maxRssKiB: number
}

async function read(script: string, line: string): Promise<Read> {
  const program = await bundledProgram(source)
  const env = { ...process.env, node: process.execPath, program, line, bytes: String(longMiB * 1_024 * 1_024) }
  const { stdout } = spawnSync('sh', ['-c', `${script} | "$node" "$program"`], { encoding: 'utf8', env })
  return JSON.parse(stdout) as Read
}

const long = saved(output('x'.repeat(60_000))).trimEnd()

test.each<[what: string, script: string, counts: Partial<Read>]>([
  ['of many events', 'yes "$line" | head -c "$bytes"', { broken: 0 }],
  ['that is compressed to a small part of it', 'yes "$line" | head -c "$bytes" | gzip -1', { broken: 0 }],
  ['of one line without an end', 'head -c "$bytes" /dev/zero', { events: 0, broken: 1 }],
])(
  `a record of ${longMiB} MiB %s takes no more memory than a small one`,
  async (_, script, counts) => {
    const seen = await read(script, long)
    expect(seen).toMatchObject(counts)
    if (counts.events === undefined) expect(seen.events).toBe(Math.floor((longMiB * 1_024 * 1_024) / (long.length + 1)))
    expect(seen.maxRssKiB).toBeLessThan(boundKiB)
  },
  60_000,
)
