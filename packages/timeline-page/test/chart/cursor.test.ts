import { describe, expect, test } from 'vitest'
import { besideCursor, endCursor, firstCursor, otherCursor, type Cursor } from '../../src/chart/cursor.ts'
import { laneOf, rowOf } from '../support/lanes.ts'

const rows = [
  rowOf(laneOf([]), laneOf([50, 52, 58, 80]), []),
  rowOf(laneOf([]), laneOf([]), []),
  rowOf(laneOf([10, 95]), laneOf([70]), []),
]
const at = (ms: number): Cursor => ({ row: 0, stream: 'stderr', ms })

describe('the keys move the cursor', () => {
  test('to the first line that there is', () => {
    expect(firstCursor(rows)).toEqual(at(50))
    expect(firstCursor([rowOf(laneOf([]), laneOf([]), [])])).toBeUndefined()
  })

  test('to the next bin of the stream that has lines, and back', () => {
    expect(besideCursor(rows, at(50), 10, 1)).toEqual(at(80))
    expect(besideCursor(rows, at(50), 5, 1)).toEqual(at(58))
    expect(besideCursor(rows, at(80), 10, -1)).toEqual(at(58))
  })

  test('nowhere, where nothing more comes', () => {
    expect(besideCursor(rows, at(80), 10, 1)).toEqual(at(80))
    expect(besideCursor(rows, at(52), 10, -1)).toEqual(at(52))
  })

  test('to the ends of the stream', () => {
    expect([endCursor(rows, at(58), 1), endCursor(rows, at(58), -1)]).toEqual([at(80), at(50)])
  })

  test('to the nearest line of the stream below or above, over those without any', () => {
    const below = { row: 2, stream: 'stdout', ms: 95 } as const
    expect(otherCursor(rows, at(58), 1)).toEqual({ row: 2, stream: 'stdout', ms: 95 })
    expect(otherCursor(rows, below, 1)).toEqual({ row: 2, stream: 'stderr', ms: 70 })
    expect(otherCursor(rows, below, -1)).toEqual(at(80))
    expect(otherCursor(rows, at(58), -1)).toEqual(at(58))
  })
})
