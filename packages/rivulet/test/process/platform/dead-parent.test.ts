import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { run } from '../../../src/process/index.ts'
import { firstLine, startFixture } from '../../support/fixture.ts'
import { findProcesses, lives, makeCookie, sessionOf, until } from '../../support/processes.ts'

const guardMark = 'rivulet-guard'

/** Within the test's own time, which is not much longer than what is promised. */
async function allHaveEnded(living: () => number[]): Promise<void> {
  await until(() => living().length === 0)
}

describe('when our own process dies, every group that it started ends with it, after', () => {
  test.each([
    ['a signal', 'SIGKILL'],
    ['a signal', 'SIGTERM'],
    ['a signal', 'SIGHUP'],
    ['process.exit', undefined],
    ['an uncaught throw', undefined],
    ['a crash', undefined],
  ] as const)('%s %s', async (way, killSignal) => {
    const { env, living } = makeCookie()
    // What it says of its uncaught error is of no interest here.
    const parent = startFixture('parent', [way], env, 'ignore')
    await firstLine(parent)
    const [guard = 0] = findProcesses(guardMark, parent.pid)
    if (killSignal !== undefined) parent.kill(killSignal)
    await once(parent, 'exit')
    await allHaveEnded(living)
    await until(() => !lives(guard))
  })

  test('a SIGKILL in the middle of starting three hundred, ten times', async () => {
    for (let round = 0; round < 10; round++) {
      const { env, living } = makeCookie()
      const parent = startFixture('storm', [], env)
      await firstLine(parent)
      // Each time at another moment: after as many of its programs as this have been seen from outside.
      await until(() => findProcesses('sleep', parent.pid).length >= round * round)
      parent.kill('SIGKILL')
      await once(parent, 'exit')
      await allHaveEnded(living)
    }
  }, 60_000)
})

describe('the guard', () => {
  test('does not keep a program of ours from ending by itself, and ends with it', async () => {
    const { env, living } = makeCookie()
    const parent = startFixture('one-run', [], env)
    expect(await firstLine(parent)).toBe('{"code":0}')
    const guards = findProcesses(guardMark, parent.pid)
    await once(parent, 'exit')
    await until(() => !guards.some(lives))
    expect(living()).toEqual([])
  })

  test('is one for the whole process, however many runs, in a session of its own, of less than 2 MB', async () => {
    const runs = Array.from({ length: 50 }, () => run('true').wait())
    await Promise.all(runs)
    const guards = findProcesses(guardMark, process.pid)
    expect(guards).toHaveLength(1)
    // What a terminal sends to ours does not reach it.
    expect(sessionOf(guards[0] ?? 0)).toBe(guards[0])
    const status = readFileSync(`/proc/${String(guards[0])}/status`, 'latin1')
    expect(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1])).toBeLessThan(2048)
  })

  test('that was killed is replaced, and the new one knows the groups that there are', async () => {
    const { env, living } = makeCookie()
    const parent = startFixture('parent', ['a signal'], env)
    await firstLine(parent)
    const [first = 0] = findProcesses(guardMark, parent.pid)
    process.kill(first, 'SIGKILL')
    await until(() => findProcesses(guardMark, parent.pid).some((guard) => guard !== first))
    // It is seen from its start on, and told of the groups in the same turn of its parent.
    const told = once(parent.stdout, 'data')
    parent.kill('SIGUSR2')
    await told
    parent.kill('SIGKILL')
    await once(parent, 'exit')
    await allHaveEnded(living)
  })

  test('leaves a group alone whose run is over', async () => {
    const { env, living } = makeCookie()
    const parent = startFixture('leaves-running', [], env)
    const left = Number(await firstLine(parent))
    const [guard = 0] = findProcesses(guardMark, parent.pid)
    parent.kill('SIGKILL')
    await once(parent, 'exit')
    await until(() => !lives(guard))
    expect(living()).toEqual([left])
    process.kill(left, 'SIGKILL')
  })
})
