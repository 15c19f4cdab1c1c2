import { expect, test } from 'vitest'
import { OpenRuns } from '../../src/record/open-runs.ts'
import type { ShownEvent } from '../../src/shown-event.ts'
import { exit, output, start } from './support/events.ts'

const [api, web] = [{ name: 'api' }, { name: 'web' }]

test.each<[what: string, events: ShownEvent[], names: (string | undefined)[]]>([
  ['a run that was begun', [start()], [undefined]],
  ['a run whose output is cut', [start(), output('x')], [undefined]],
  ['a run whose beginning is not there', [output('x')], [undefined]],
  ['the one of two that goes on', [start(api), start(web), output('x', web), exit(api)], ['web']],
  ['a run that was started again', [start(api), exit(api), start(api)], ['api']],
  ['one of two of the same name', [start(api), start(api), output('x', api), exit(api)], ['api']],
])('%s is open', (_, events, names) => {
  const runs = new OpenRuns()
  for (const event of events) runs.see(event)
  expect(runs).toMatchObject({ names, hasBegun: true, isComplete: false })
})

test.each<[what: string, events: ShownEvent[]]>([
  ['a run that has its exit', [start(), output('x'), exit()]],
  ['an exit alone', [exit()]],
  ['several runs', [start(api), exit(api), start(web), exit(web)]],
  ['two of the same name', [start(api), start(api), exit(api), output('x', api), exit(api)]],
])('%s is complete', (_, events) => {
  const runs = new OpenRuns()
  for (const event of events) runs.see(event)
  expect(runs).toMatchObject({ names: [], hasBegun: true, isComplete: true })
})

test('a record without an event has not begun, and so is not complete', () => {
  expect(new OpenRuns()).toMatchObject({ names: [], hasBegun: false, isComplete: false })
})
