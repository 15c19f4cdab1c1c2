import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { run, type Run } from '../../../src/process/index.ts'
import { makeCookie, openDescriptors, unreaped } from '../../support/processes.ts'
import { readAll, rejectionOf } from '../../support/programs.ts'

const folder = mkdtempSync(join(tmpdir(), 'rivulet-stopping-'))
afterAll(() => rmSync(folder, { recursive: true }))
writeFileSync(join(folder, 'Makefile'), `all: a b c\na b c:\n\t@sleep 300 & echo $@; sleep 300\n`)

/** So long that a program that does not obey fails its test. */
const never = 600_000

/** Programs that print a line first, and after how many milliseconds they are killed if they do not obey. */
const programs: [name: string, script: string, killAfterMs: number][] = [
  ['yes', 'exec yes', never],
  ['a quiet sleep', 'echo; exec sleep 300', never],
  ['a sleep behind yes', 'sleep 300 & exec yes', never],
  ['a leader that ignores SIGTERM', `trap '' TERM; echo; while :; do sleep 0.1; done`, 100],
  ['a member that ignores SIGTERM', `(trap '' TERM; echo; while :; do sleep 0.1; done) & sleep 300`, 100],
  ['a program stopped by SIGSTOP', 'echo; kill -STOP $$; sleep 300', never],
  ['make -j with background jobs', `exec make -s -j3 -C ${folder}`, never],
  ['a program that forks as fast as it can', 'n=0; while :; do sleep 300 & [ $((n+=1)) = 500 ] && echo; done', never],
  ['one that also ignores SIGTERM', `trap '' TERM; n=0; while :; do sleep 300 & [ $((n+=1)) = 500 ] && echo; done`, 50],
]

type Leave = (child: Run, controller: AbortController) => Promise<unknown>

const ways: [name: string, reason: string, leave: Leave][] = [
  [
    'break',
    'killed',
    async (child) => {
      for await (const _ of child) break
    },
  ],
  [
    'a throw in the loop',
    'killed',
    async (child) => {
      const reading = async (): Promise<void> => {
        for await (const _ of child) throw new Error('mine')
      }
      expect(await rejectionOf(reading())).toMatchObject({ message: 'mine' })
    },
  ],
  [
    'abort',
    'aborted',
    async (child, controller) => {
      await child.next()
      controller.abort(0)
      expect(await rejectionOf(readAll(child))).toBe(0)
    },
  ],
  [
    'timeout',
    'timeout',
    async (child) => {
      // Its time is so short that it may not even have printed: it is ended all the same.
      expect(await rejectionOf(readAll(child))).toMatchObject({ name: 'ExitError', reason: 'timeout' })
    },
  ],
  [
    'dispose',
    'killed',
    async (child) => {
      await using held = child
      await held.next()
    },
  ],
  [
    'return() while next() waits',
    'killed',
    async (child) => {
      await child.next()
      const nexts = [child.next(), child.next(), child.next()]
      await child.return()
      expect((await Promise.all(nexts)).at(-1)).toEqual({ done: true, value: undefined })
    },
  ],
]

/** What a run could leave behind in our own process. */
function ours(): object {
  const listeners = process.eventNames().map((name) => [name, process.listenerCount(name)])
  return { descriptors: openDescriptors(), listeners, unreaped: unreaped() }
}

describe.each(programs)('%s', (_, script, killAfterMs) => {
  test.each(ways)('is over, with all its group, after %s', async (way, reason, leave) => {
    await run('true').wait()
    const before = ours()
    const { env, living } = makeCookie()
    const controller = new AbortController()
    const timeoutMs = way === 'timeout' ? 100 : undefined
    const child = run('sh', ['-c', script], { env, killAfterMs, timeoutMs, signal: controller.signal })
    await leave(child, controller)
    expect(living()).toEqual([])
    expect(ours()).toEqual(before)
    expect((await child.status).reason).toBe(reason)
  })
})
