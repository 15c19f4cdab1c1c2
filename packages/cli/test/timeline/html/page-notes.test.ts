import { expect, test } from 'vitest'
import { pageNotes, type Missing } from '../../../src/timeline/html/page-notes.ts'

const whole: Missing = {
  brokenLines: 0,
  gapCount: 0,
  hasTornEnd: false,
  isDamaged: false,
  omitted: undefined,
  commands: [],
}
const none = { lines: 0, bytes: 0 }
const restless = { name: 'a', command: 'a', attempts: [], omittedAttempts: 3, stdout: none, stderr: none }

test.each([
  ['nothing, where nothing is missing', {}, []],
  ['lines that are no events', { brokenLines: 2 }, ['2 lines of the record could not be read.']],
  ['a last line that is cut', { hasTornEnd: true }, ['The last line of the record is cut short.']],
  ['damage', { isDamaged: true }, ['The record is damaged: what comes after the damage is not shown.']],
  [
    'lines over the limit',
    { omitted: { lines: 1200, slotMs: 1, lanes: [] } },
    ['The record is longer than a page can hold. Counted, but not readable here: its last 1,200 lines.'],
  ],
  ['starts over the limit', { commands: [restless] }, ['Counted, but not drawn: 3 more starts.']],
])('the page tells of %s', (_, missing, notes) => {
  expect(pageNotes({ ...whole, ...missing })).toEqual(notes)
})
