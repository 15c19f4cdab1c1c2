import { expect, test } from 'vitest'
import { isFailure, outcomeText } from '../../src/drawing/outcome-text.ts'

test.each([
  [{ code: 0, signal: null, reason: 'exited' }, 'exit 0', false],
  [{ code: 3, signal: null, reason: 'exited' }, 'exit 3', true],
  [{ code: null, signal: 'SIGSEGV', reason: 'exited' }, 'SIGSEGV', true],
  [{ code: null, signal: 'SIGTERM', reason: 'timeout' }, 'timeout, SIGTERM', true],
  [{ code: 0, signal: null, reason: 'limit' }, 'output limit, exit 0', true],
  [{ code: null, signal: 'SIGTERM', reason: 'killed' }, 'stopped, SIGTERM', false],
  [{ code: null, signal: 'SIGKILL', reason: 'aborted' }, 'aborted, SIGKILL', false],
  [null, 'no exit recorded', false],
])('the outcome %j is called %s; a failure: %s', (outcome, text, hasFailed) => {
  expect(outcomeText(outcome)).toBe(text)
  expect(isFailure(outcome)).toBe(hasFailed)
})

test('a name of a signal that goes on and on is cut', () => {
  expect(outcomeText({ code: null, signal: 'S'.repeat(1000), reason: 'exited' }).length).toBeLessThan(50)
})
