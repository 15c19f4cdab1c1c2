import { describe, expect, test } from 'vitest'
import { CommandSource, type FleetItem } from '../../../../src/commands/run/fleet/command-source.ts'
import { FleetPlan } from '../../../../src/commands/run/fleet/fleet-plan.ts'
import { command, rules, settings } from '../../../support/defaults.ts'

const hourMs = 3_600_000

/** A command that, where it fails, is started again an hour later. */
function sourceOf(file: string): { source: CommandSource; plan: FleetPlan } {
  const plan = new FleetPlan({ ...rules, jobs: 1, restarts: 9 })
  plan.takeRestart = (_, code) => (code === 0 ? undefined : hourMs)
  return { plan, source: new CommandSource({ number: 0, command: command(file), settings, plan }) }
}

/** Resolves when all has run that could. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

async function untilNotice(source: CommandSource): Promise<void> {
  for (;;) {
    const { value } = await source.next()
    if (value?.kind === 'notice') return
  }
}

const failing = (): ReturnType<typeof sourceOf> => sourceOf('false')

describe('a command that waits an hour to be started again', () => {
  test.each([
    ['a signal', (source: CommandSource) => source.interrupt('SIGINT')],
    ['being stopped', (source: CommandSource) => source.stop()],
  ])('is over at once by %s, with the code of its failure', async (_, end) => {
    const { source, plan } = failing()
    await untilNotice(source)
    const next = source.next()
    await turn()
    plan.close()
    end(source)
    const over: FleetItem = { kind: 'over', command: 0, code: 1 }
    expect(await next).toEqual({ done: false, value: over })
    expect(await source.next()).toEqual({ done: true, value: undefined })
  })

  test('goes on waiting when a signal comes that ends nothing', async () => {
    const { source, plan } = failing()
    await untilNotice(source)
    const next = source.next()
    await turn()
    let isSettled = false
    void next.then(() => (isSettled = true))
    plan.close()
    source.kill('SIGCONT')
    await turn()
    expect(isSettled).toBe(false)
    await source.return()
    expect(await next).toEqual({ done: true, value: undefined })
  })

  test('does not begin to wait once nothing is started any more', async () => {
    const { source, plan } = failing()
    await untilNotice(source)
    plan.close()
    expect(await source.next()).toEqual({ done: false, value: { kind: 'over', command: 0, code: 1 } })
  })

  test('ends at once when it is left', async () => {
    const { source } = failing()
    await untilNotice(source)
    const next = source.next()
    await source.return()
    expect(await next).toEqual({ done: true, value: undefined })
  })
})

describe('a command that is about to be started', () => {
  test('is not, once nothing is started any more', async () => {
    const { source, plan } = sourceOf('true')
    plan.close()
    expect(await source.next()).toEqual({ done: false, value: { kind: 'over', command: 0, code: undefined } })
    expect(await source.next()).toEqual({ done: true, value: undefined })
  })

  test('is, where a signal comes that ends nothing', async () => {
    const { source } = sourceOf('true')
    // Of two that are begun at once the second has to wait for its turn.
    const other = sourceOf('true').source.next()
    const first = source.next()
    for (let turn = 0; turn < 10; turn++) {
      await Promise.resolve()
      source.kill('SIGCONT')
    }
    expect((await other).value).toMatchObject({ kind: 'event' })
    expect((await first).value).toMatchObject({ kind: 'event', event: { type: 'start' } })
    let last: FleetItem | undefined
    for await (const item of source) last = item
    expect(last).toEqual({ kind: 'over', command: 0, code: 0 })
  })
})
