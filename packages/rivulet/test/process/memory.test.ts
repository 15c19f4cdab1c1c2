import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { run, type Run } from '../../src/process/index.ts'
import { fixtureResult } from '../support/fixture.ts'
import { findProcesses, state, until } from '../support/processes.ts'
import { turn } from '../support/turn.ts'

/**
 * By how much a process may grow, garbage that waits for its collection included; 2 to 60 MiB were seen. What comes is at
 * least twice as much, so that who keeps it does not get by.
 */
const mostMiB = 120
const mebibyte = 1024 * 1024

test.each([
  ['yes', 256 * mebibyte],
  ['both streams', 256 * mebibyte],
  ['a consumer that stands still when the program has exited', 1],
])(
  'memory is bounded with %s',
  async (way, least) => {
    const { got, grownMiB } = await fixture(way)
    expect(got).toBeGreaterThanOrEqual(least)
    expect(grownMiB).toBeLessThan(mostMiB)
  },
  120_000,
)

test.each([
  ['one line of 1 GB', 1_000_000_000],
  ['collect() of a flood', mebibyte],
  ['a flood of stderr through wait()', 65_536],
])(
  'memory is bounded with %s, of which exactly as much comes as is promised',
  async (way, exactly) => {
    const { got, grownMiB } = await fixture(way)
    expect(got).toBe(exactly)
    expect(grownMiB).toBeLessThan(mostMiB)
  },
  120_000,
)

const views: [name: string, take: (child: Run) => Promise<[name: 'stdout' | 'stderr', bytes: number]>][] = [
  [
    'chunks',
    async (child) => {
      const [name, chunk] = (await child.next()).value!
      return [name, chunk.length]
    },
  ],
  [
    'lines()',
    async (child) => {
      const [name, line] = (await child.lines().next()).value!
      return [name, line.length + 1]
    },
  ],
  [
    'lineBatches()',
    async (child) => {
      const [name, batch] = (await child.lineBatches().next()).value!
      return [name, batch.join('\n').length + 1]
    },
  ],
  [
    'events()',
    async (child) => {
      const events = child.events()
      await events.next()
      const { value } = await events.next()
      return value?.type === 'output' ? [value.stream, value.data.length] : ['stdout', NaN]
    },
  ],
]

test.each(views)(
  'a consumer that takes one of the %s and no more stalls the program, with at most 1 MiB a stream unread',
  async (_, take) => {
    // In short writes: of a long one the system counts nothing before all of it is taken.
    const prints = `perl -e '$| = 1; $lines = "y\\n" x 256; print $lines while 1'`
    await using child = run('sh', ['-c', `${prints} >&2 & exec ${prints}`])
    const [taken, bytes] = await take(child)
    const leader = child.pid ?? 0
    // In the moment of its exec it has no command line to be found by.
    let member: number | undefined
    await until(() => (member = findProcesses('perl', leader)[0]) !== undefined)
    const writers = { stdout: leader, stderr: member! }
    const unread = (): number[] =>
      (['stdout', 'stderr'] as const).map((name) => written(writers[name]) - (name === taken ? bytes : 0))
    await stall(Object.values(writers))
    for (let look = 0; look < 2; look++) {
      expect(Math.min(...unread())).toBeGreaterThan(0)
      expect(Math.max(...unread())).toBeLessThanOrEqual(mebibyte)
      // Nor does it begin anew when it is left alone for longer.
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
  },
  30_000,
)

async function fixture(way: string): Promise<{ got: number; grownMiB: number }> {
  return (await fixtureResult('memory', [way])) as { got: number; grownMiB: number }
}

/** How much a process has written to wherever, as the system counts it. */
function written(pid: number): number {
  return Number(/^wchar: (\d+)/m.exec(readFileSync(`/proc/${String(pid)}/io`, 'latin1'))?.[1])
}

/** Resolves when all sleep in a write, as far as they were a hundred turns ago, or one has got much too far. */
async function stall(writers: readonly number[]): Promise<void> {
  let before = ''
  for (;;) {
    const isTooFar = (): boolean => writers.some((pid) => written(pid) > 16 * mebibyte)
    await until(() => isTooFar() || writers.every((pid) => state(pid) === 'S' && written(pid) > 0))
    const now = writers.map(written).join()
    if (now === before || isTooFar()) return
    before = now
    for (let i = 0; i < 100; i++) await turn()
  }
}
