import { describe, expect, test } from 'vitest'
import { CommandSource } from '../../src/fleet/command-source.ts'
import type { FleetItem } from '../../src/fleet/fleet-item.ts'
import { FleetPlan } from '../../src/fleet/fleet-plan.ts'

const hourMs = 3_600_000

/** A command that fails, and is started again an hour later. */
function failing(): { source: CommandSource; plan: FleetPlan } {
  const rules = { names: [undefined], jobs: 1, restarts: 9, onFailure: 'fail-fast', success: { kind: 'all' } } as const
  const plan = new FleetPlan(rules)
  plan.takeRestart = () => hourMs
  const settings = { order: 'arrival', contain: false, timeoutMs: undefined, killAfterMs: undefined } as const
  const command = { name: undefined, file: 'false', args: [], cwd: undefined, env: {} }
  return {
    plan,
    source: new CommandSource({
      number: 0,
      command,
      settings: { ...settings, input: undefined, pty: undefined },
      plan,
    }),
  }
}

async function untilNotice(source: CommandSource): Promise<void> {
  for (;;) {
    const { value } = await source.next()
    if (value?.kind === 'notice') return
  }
}

describe('a command that waits an hour to be started again', () => {
  test.each([
    ['a signal', (source: CommandSource) => source.forward('SIGINT')],
    ['being stopped', (source: CommandSource) => source.stop()],
  ])('is over at once by %s, with the code of its failure', async (_, end) => {
    const { source, plan } = failing()
    await untilNotice(source)
    const next = source.next()
    plan.close()
    end(source)
    const over: FleetItem = { kind: 'over', command: 0, code: 1 }
    expect(await next).toEqual({ done: false, value: over })
    expect(await source.next()).toEqual({ done: true, value: undefined })
  })

  test('ends at once when it is left', async () => {
    const { source } = failing()
    await untilNotice(source)
    const next = source.next()
    await source.return()
    expect(await next).toEqual({ done: true, value: undefined })
  })
})
