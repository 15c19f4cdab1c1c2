import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { VirtualRows } from '../../src/lines/virtual-rows.ts'

describe('a list of which a part is in sight', () => {
  test('is scrolled as if all of it were there', () => {
    const rows = new VirtualRows(1000, 20)
    expect([rows.totalPx, rows.topRow(410, 400)]).toEqual([20_000, 20.5])
    expect(rows.scrollPxOf(20, 400)).toBeCloseTo(400)
  })

  test('ends with its last row at the lower edge, however long it is', () => {
    const rows = new VirtualRows(4_000_000, 20)
    expect(rows.totalPx).toBeLessThan(16_000_000)
    expect(rows.topRow(rows.totalPx - 400, 400)).toBe(4_000_000 - 20)
    expect(rows.scrollPxOf(3_999_999, 400)).toBe(rows.totalPx - 400)
  })

  test('that is short does not scroll', () => {
    const rows = new VirtualRows(3, 20)
    expect([rows.topRow(0, 400), rows.scrollPxOf(2, 400)]).toEqual([0, 0])
    expect(new VirtualRows(0, 20).topRow(0, 400)).toBe(0)
  })

  test('is scrolled to a row by the place that is that of the row', () => {
    fc.assert(
      fc.property(fc.nat(5_000_000), fc.double({ min: 0, max: 1, noNaN: true }), (count, share) => {
        const rows = new VirtualRows(count, 20)
        const row = Math.floor(share * Math.max(0, count - 20))
        expect(rows.topRow(rows.scrollPxOf(row, 400), 400)).toBeCloseTo(row, 3)
      }),
    )
  })
})
