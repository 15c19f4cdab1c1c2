import { expect, test } from 'vitest'
import { findingText, moreText } from '../../src/explorer/finding-text.ts'

const failed = { startMs: 0, endMs: 1000, outcome: { code: 1, signal: null, reason: 'exited' } }

test.each([
  [{ kind: 'lines', stream: 'stdout', fromMs: 8200, toMs: 8400, count: 37, ids: [1] }, '37 lines in 200 ms', '8.2 s'],
  [{ kind: 'lines', stream: 'stdout', fromMs: 8200, toMs: 8400, count: 1, ids: [1] }, '1 line', '8.2 s'],
  [
    { kind: 'lines', stream: 'stdout', fromMs: 20, toMs: 30, count: 7, ids: [] },
    '7 lines in 10 ms, counted only',
    '0.02 s',
  ],
  [{ kind: 'silence', fromMs: 8200, toMs: 16_800 }, 'silent for 8.6 s', '8.2 s to 16.8 s'],
  [{ kind: 'idle', lastAttempt: undefined }, 'not started yet', ''],
  [{ kind: 'idle', lastAttempt: failed }, 'ended: exit 1 at 1.00 s, after 1.0 s', ''],
] as const)('%j is said as it is', (finding, what, when) => {
  const copied = finding.kind === 'lines' ? { ...finding, ids: [...finding.ids] } : finding
  expect(findingText({ ended: undefined, ...copied })).toEqual({ what, when })
})

test('how many more lines there are is said where there are any', () => {
  expect([moreText(1210, 10), moreText(10, 10)]).toEqual(['and 1,200 more', undefined])
})
