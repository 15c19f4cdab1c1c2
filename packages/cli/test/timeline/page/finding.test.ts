import { describe, expect, test } from 'vitest'
import { findingText, moreText } from '../../../src/timeline/page/finding-text.ts'
import { findingAt } from '../../../src/timeline/page/finding.ts'
import { UnkeptCounts } from '../../../src/timeline/page/unkept-counts.ts'
import { laneOf, rowOf } from '../support/lanes.ts'

const failed = { startMs: 0, endMs: 1000, outcome: { code: 1, signal: null, reason: 'exited' } }
const row = rowOf(laneOf([100, 105, 109, 400]), laneOf([106, 700]), [failed])

describe('what is found at a place', () => {
  test('are the lines of the bin there, of the stream that is pointed at', () => {
    const lines = { kind: 'lines', fromMs: 100, toMs: 110, ended: undefined }
    expect(findingAt(row, 'stdout', 104, 10, 5)).toEqual({ ...lines, stream: 'stdout', count: 3, ids: [0, 10, 20] })
    expect(findingAt(row, 'stderr', 104, 10, 5)).toEqual({ ...lines, stream: 'stderr', count: 1, ids: [0] })
  })

  test('are lines nearby, of the other stream only where the one has none', () => {
    expect(findingAt(row, 'stdout', 394, 10, 8)).toMatchObject({ stream: 'stdout', fromMs: 400, count: 1 })
    expect(findingAt(row, 'stdout', 694, 10, 8)).toMatchObject({ stream: 'stderr', fromMs: 700, count: 1 })
  })

  test('is a silence, or that nothing runs', () => {
    expect(findingAt(row, 'stdout', 250, 10, 5)).toEqual({ kind: 'silence', fromMs: 109, toMs: 400, ended: undefined })
    expect(findingAt(row, 'stdout', 1100, 10, 5)).toEqual({ kind: 'idle', lastAttempt: failed, ended: undefined })
    expect(findingAt(row, 'stdout', -20, 10, 5)).toEqual({ kind: 'idle', lastAttempt: undefined, ended: undefined })
  })

  test('is also the end of a run, where one is near', () => {
    expect(findingAt(row, 'stdout', 996, 10, 5)).toMatchObject({ kind: 'silence', ended: failed })
  })

  test('is a number only, of lines that are not kept', () => {
    const unkept = new UnkeptCounts(10, { firstSlot: 2, counts: [7] })
    const finding = findingAt(rowOf(laneOf([], unkept), laneOf([]), [failed]), 'stdout', 22, 10, 5)
    expect(finding).toMatchObject({ kind: 'lines', count: 7, ids: [] })
    expect(findingText(finding).what).toBe('7 lines in 10 ms, counted only')
  })
})

test.each([
  [{ kind: 'lines', stream: 'stdout', fromMs: 8200, toMs: 8400, count: 37, ids: [1] }, '37 lines in 200 ms', '8.2 s'],
  [{ kind: 'lines', stream: 'stdout', fromMs: 8200, toMs: 8400, count: 1, ids: [1] }, '1 line', '8.2 s'],
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
