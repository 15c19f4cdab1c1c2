import { describe, expect, test } from 'vitest'
import { findingAt } from '../../src/chart/finding.ts'
import { OmittedCounts } from '../../src/record/omitted-counts.ts'
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
    const omitted = new OmittedCounts(10, { firstSlot: 2, counts: [7] })
    const finding = findingAt(rowOf(laneOf([], omitted), laneOf([]), [failed]), 'stdout', 22, 10, 5)
    expect(finding).toMatchObject({ kind: 'lines', fromMs: 20, toMs: 30, count: 7, ids: [] })
  })
})
