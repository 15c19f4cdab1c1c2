import { expect, test } from 'vitest'
import { run } from '../../../src/process/index.ts'
import { makeCookie, openDescriptors, unreaped } from '../../support/processes.ts'
import { shell } from '../../support/programs.ts'

const { env, living } = makeCookie()

async function leaveYes(): Promise<void> {
  for await (const _ of run('yes', [], { env })) break
}

async function leaveAnOrphan(): Promise<void> {
  // Its leader obeys at once; the member, which nobody waits for any more, takes its time.
  const script = `(trap 'sleep 0.05; exit' TERM; echo; while :; do sleep 0.01; done) & wait`
  for await (const _ of shell(script, { env })) break
}

async function fail(): Promise<void> {
  await run('no-such-program', [], { env })
    .wait()
    .catch(() => undefined)
}

test.each([
  ['a thousand runs in a row', leaveYes, 1000, 1],
  ['a thousand runs that cannot start', fail, 20, 50],
  ['three hundred runs at once', leaveYes, 1, 300],
  ['two hundred runs at once with slow members', leaveAnOrphan, 1, 200],
])(
  '%s leave no process, no descriptor and no listener',
  async (_, once, rounds, atOnce) => {
    await once()
    const descriptors = openDescriptors()
    const listeners = process.eventNames().map((name) => process.listenerCount(name))
    for (let round = 0; round < rounds; round++) await Promise.all(Array.from({ length: atOnce }, once))
    expect(living()).toEqual([])
    expect(unreaped()).toEqual([])
    expect(openDescriptors()).toBe(descriptors)
    expect(process.eventNames().map((name) => process.listenerCount(name))).toEqual(listeners)
  },
  120_000,
)

test('runs that are left or aborted while they wait for their turn are never started', async () => {
  const controller = new AbortController()
  const children = Array.from({ length: 9 }, (_, at) =>
    run('sleep', ['300'], { env, signal: at % 2 === 0 ? undefined : controller.signal }),
  )
  const nexts = children.map((child) => child.next().catch((error: unknown) => error))
  controller.abort('changed my mind')
  await Promise.all(children.filter((_, at) => at % 2 === 0).map((child) => child.return()))
  const answers = await Promise.all(nexts)
  expect(answers.map((answer) => answer === 'changed my mind')).toEqual(children.map((_, at) => at % 2 === 1))
  const [first, ...others] = children
  expect((await first?.status)?.startedAt).toBeTypeOf('number')
  for (const [at, other] of others.entries()) {
    const reason = at % 2 === 0 ? 'aborted' : 'killed'
    expect(await other.status).toMatchObject({ reason, startedAt: null, code: null })
    expect(other.pid).toBeUndefined()
  }
})
