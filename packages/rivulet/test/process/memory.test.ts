import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { run } from '../../src/process/index.ts'
import { fixtureResult } from '../support/fixture.ts'
import { state, until } from '../support/processes.ts'
import { turn } from '../support/turn.ts'

/**
 * By how much a process may grow, garbage that waits for its collection included; 2 to 57 MiB were seen. What comes is at
 * least twice as much, so that who keeps it does not get by.
 */
const mostMiB = 120

test.each([
  ['yes', 256 * 1024 * 1024],
  ['both streams', 256 * 1024 * 1024],
  ['a consumer that stands still when the program has exited', 0],
  ['one line of 1 GB', 1_000_000_000],
  ['collect() of a flood', 1024 * 1024],
  ['a flood of stderr through wait()', 65_536],
])(
  'memory is bounded with %s',
  async (way, least) => {
    const { got, grownMiB } = (await fixtureResult('memory', [way])) as { got: number; grownMiB: number }
    expect(got).toBeGreaterThanOrEqual(least)
    expect(grownMiB).toBeLessThan(mostMiB)
  },
  60_000,
)

test.each([
  ['stdout', 'exec yes'],
  ['stderr', 'exec yes >&2'],
])('a consumer that stalls stalls the program, with at most 1 MiB of its %s unread', async (_, script) => {
  const child = run('sh', ['-c', script])
  const { value } = await child.next()
  const pid = child.pid ?? 0
  const written = (): number => Number(/^wchar: (\d+)/m.exec(readFileSync(`/proc/${String(pid)}/io`, 'latin1'))?.[1])
  // Asleep in a write, and as far as it was a hundred turns ago.
  let before = -1
  while (state(pid) !== 'S' || written() !== before) {
    before = written()
    for (let i = 0; i < 100; i++) await turn()
    await until(() => state(pid) === 'S')
  }
  expect(written()).toBeGreaterThan(value?.[1].length ?? Infinity)
  expect(written() - (value?.[1].length ?? 0)).toBeLessThanOrEqual(1024 * 1024)
  await child.return()
})
