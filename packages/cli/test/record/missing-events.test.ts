import { expect, test } from 'vitest'
import { MissingEvents, type Gap } from '../../src/record/missing-events.ts'
import type { CommandEvent } from '../../src/command-event.ts'
import { exit, output, start } from './support/events.ts'

const api = { name: 'api' }
const at = (seq: number): { seq: number } => ({ seq })

function gaps(events: CommandEvent[]): readonly Gap[] {
  const missing = new MissingEvents()
  for (const event of events) missing.observe(event)
  return missing.gaps
}

test.each<[what: string, events: CommandEvent[], ...gaps: [name: string | undefined, from: number, to: number][]]>([
  ['nothing of a whole run', [start(), output('a', at(2)), exit(at(3))]],
  [
    'what stands between two outputs',
    [start(), output('a', at(2)), output('b', at(7)), exit(at(8))],
    [undefined, 3, 6],
  ],
  ['what stands before the exit', [start(), exit(at(3))], [undefined, 2, 2]],
  ['what stands behind the start', [start(), output('a', at(4)), exit(at(5))], [undefined, 2, 3]],
  [
    'that of each command by itself',
    [start(api), start(), output('a', { ...api, seq: 3 }), exit(at(2)), exit({ ...api, seq: 5 })],
    ['api', 2, 2],
    ['api', 4, 4],
  ],
  ['nothing of a run that was started again', [start(), exit(at(2)), start(), exit(at(2))]],
  ['nothing before the first event of a run whose beginning is not there', [output('a', at(7)), exit(at(8))]],
  ['nothing of a run that was filtered', [{ ...start(), filtered: true }, output('a', at(9)), exit(at(20))]],
  ['nothing of two runs of one name', [start(), start(), output('a', at(2)), output('b', at(9)), exit(at(10))]],
])('missing is %s', (_, events, ...expected) => {
  expect(gaps(events)).toEqual(expected.map(([name, from, to]) => ({ name, from, to })))
})

test('of many gaps the first ones are kept, and the others counted', () => {
  const missing = new MissingEvents()
  for (let seq = 1; seq < 1000; seq += 2) missing.observe(output('x', { seq }))
  expect(missing).toMatchObject({ gaps: { length: 10 }, gapCount: 499 })
})
