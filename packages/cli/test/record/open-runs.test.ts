import { expect, test } from 'vitest'
import { OpenRuns } from '../../src/record/open-runs.ts'
import type { CommandEvent } from '../../src/command-event.ts'
import { exit, output, start } from './support/events.ts'

const [api, web] = [{ name: 'api' }, { name: 'web' }]
const restarted: CommandEvent = { ...exit(api, 1), restartMs: 250 }

test.each<[what: string, events: CommandEvent[], names: (string | undefined)[]]>([
  ['a run that was begun', [start()], [undefined]],
  ['a run whose output is cut', [start(), output('x')], [undefined]],
  ['a run whose beginning is not there', [output('x')], [undefined]],
  ['the one of two that goes on', [start(api), start(web), output('x', web), exit(api)], ['web']],
  ['a run that was started again', [start(api), exit(api), start(api)], ['api']],
  ['a run that is to be started again', [start(api), restarted], ['api']],
  ['one of two of the same name', [start(api), start(api), output('x', api), exit(api)], ['api']],
])('%s is open', (_, events, names) => {
  const runs = new OpenRuns()
  for (const event of events) runs.observe(event)
  expect(runs).toMatchObject({ names, hasBegun: true, isComplete: false })
})

test.each<[what: string, events: CommandEvent[]]>([
  ['a run that has its exit', [start(), output('x'), exit()]],
  ['an exit alone', [exit()]],
  ['several runs', [start(api), exit(api), start(web), exit(web)]],
  ['a run that was started again and has ended', [start(api), restarted, start(api), exit(api)]],
  ['two of the same name', [start(api), start(api), exit(api), output('x', api), exit(api)]],
])('%s is complete', (_, events) => {
  const runs = new OpenRuns()
  for (const event of events) runs.observe(event)
  expect(runs).toMatchObject({ names: [], hasBegun: true, isComplete: true })
})

test('a record without an event has not begun, and so is not complete', () => {
  expect(new OpenRuns()).toMatchObject({ names: [], hasBegun: false, isComplete: false })
})

test('a run that is to be started again is not waited for when that is long past: somebody has stopped it meanwhile', () => {
  let nowMs = 0
  const runs = new OpenRuns(() => nowMs)
  for (const event of [start(api), restarted]) runs.observe(event)
  nowMs = 250
  expect(runs.isComplete).toBe(false)
  nowMs = 20_000
  expect(runs).toMatchObject({ names: ['api'], isComplete: true })
})
