import { describe, expect, test } from 'vitest'
import { ExitError, run, type Run } from '../../src/process/index.ts'
import { makeCookie, openDescriptors } from '../support/processes.ts'
import { readAll, rejectionOf } from '../support/programs.ts'

/** Programs that print a line first, and how long they may take to obey. */
const programs: [name: string, script: string, killAfterMs: number][] = [
  ['yes', 'exec yes', 5000],
  ['a quiet sleep', 'echo; exec sleep 300', 5000],
  ['a sleep behind yes', 'sleep 300 & exec yes', 5000],
  ['a leader that ignores SIGTERM', `trap '' TERM; echo; while :; do sleep 0.1; done`, 100],
  ['a member that ignores SIGTERM', `(trap '' TERM; echo; while :; do sleep 0.1; done) & sleep 300`, 100],
  ['a program that was stopped', 'echo; kill -STOP $$; sleep 300', 5000],
]

type Way = [name: string, leave: (child: Run, controller: AbortController) => Promise<unknown>]

const ways: Way[] = [
  [
    'break',
    async (child) => {
      for await (const _ of child) break
    },
  ],
  [
    'a throw in the loop',
    async (child) => {
      const reading = async (): Promise<void> => {
        for await (const _ of child) throw new Error('mine')
      }
      expect(await rejectionOf(reading())).toMatchObject({ message: 'mine' })
    },
  ],
  [
    'abort',
    async (child, controller) => {
      await child.next()
      controller.abort(0)
      expect(await rejectionOf(readAll(child))).toBe(0)
    },
  ],
  [
    'dispose',
    async (child) => {
      await using held = child
      await held.next()
    },
  ],
  [
    'return() while next() waits',
    async (child) => {
      await child.next()
      const nexts = [child.next(), child.next(), child.next()]
      await child.return()
      expect((await Promise.all(nexts)).at(-1)).toEqual({ done: true, value: undefined })
    },
  ],
]

describe.each(programs)('%s', (_, script, killAfterMs) => {
  test.each(ways)('is over, with all its group, after %s', async (way, leave) => {
    const { env, living } = makeCookie()
    const controller = new AbortController()
    const child = run('sh', ['-c', script], { env, killAfterMs, signal: controller.signal })
    await leave(child, controller)
    expect(living()).toEqual([])
    expect((await child.status).reason).toBe(way === 'abort' ? 'aborted' : 'killed')
  })
})

describe('stopping', () => {
  test('a timeout is an ExitError that says so, or quiet with check: false', async () => {
    const { env, living } = makeCookie()
    const error = await rejectionOf(readAll(run('sleep', ['300'], { env, timeoutMs: 20 })))
    expect(error).toBeInstanceOf(ExitError)
    expect(error).toMatchObject({ reason: 'timeout', signalCode: 'SIGTERM' })
    const quiet = run('sleep', ['300'], { env, timeoutMs: 20, check: false })
    expect(await readAll(quiet)).toEqual([])
    expect(await quiet.status).toMatchObject({ reason: 'timeout' })
    expect(living()).toEqual([])
  })

  test('an abort acts while nobody asks; the next next() rejects with the very reason, later ones are done', async () => {
    const { env, living } = makeCookie()
    const controller = new AbortController()
    const child = run('yes', [], { env, signal: controller.signal })
    await child.next()
    controller.abort('why')
    expect(await child.status).toMatchObject({ reason: 'aborted' })
    expect(living()).toEqual([])
    expect(await rejectionOf(child.next())).toBe('why')
    expect(await child.next()).toEqual({ done: true, value: undefined })
  })

  test('a signal that is already aborted starts nothing', async () => {
    const child = run('no-such-program', [], { signal: AbortSignal.abort('before') })
    expect(await rejectionOf(child.next())).toBe('before')
    expect(await child.status).toMatchObject({ reason: 'aborted', startedAt: null })
  })

  test('kill() signals the group and settles nothing', async () => {
    const child = run('sh', ['-c', `trap 'echo got; exit 7' USR1; echo ready; while :; do sleep 0.01; done`])
    const seen: string[] = []
    const reading = async (): Promise<void> => {
      for await (const [name, line] of child.lines()) {
        // The shell tells on stderr what became of the sleep.
        if (name === 'stdout') seen.push(line)
        if (line === 'ready') expect(child.kill('SIGUSR1')).toBe(true)
      }
    }
    expect(await rejectionOf(reading())).toMatchObject({ code: 7, reason: 'exited' })
    expect(seen).toEqual(['ready', 'got'])
    expect(child.kill()).toBe(false)
  })

  test('a hundred runs, twenty at a time, leave no process, no descriptor and no listener', async () => {
    const { env, living } = makeCookie()
    const once = async (): Promise<void> => {
      for await (const _ of run('yes', [], { env })) break
    }
    await once()
    const descriptors = openDescriptors()
    const listeners = process.eventNames().map((name) => process.listenerCount(name))
    for (let round = 0; round < 5; round++) await Promise.all(Array.from({ length: 20 }, once))
    expect(living()).toEqual([])
    expect(openDescriptors()).toBeLessThanOrEqual(descriptors)
    expect(process.eventNames().map((name) => process.listenerCount(name))).toEqual(listeners)
  })
})
