import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeLabels } from '../../src/drawing/place-labels.ts'

const labels = fc.array(
  fc.record({
    leftPx: fc.integer({ min: -50, max: 550 }),
    widthPx: fc.integer({ min: 1, max: 80 }),
    isImportant: fc.boolean(),
  }),
)

test('labels that are placed are within the picture and do not touch', () => {
  fc.assert(
    fc.property(labels, (all) => {
      const placed = placeLabels(all, 0, 500, 6).sort((left, right) => left.leftPx - right.leftPx)
      placed.forEach(({ leftPx, widthPx }, at) => {
        expect(leftPx).toBeGreaterThanOrEqual(0)
        expect(leftPx + widthPx).toBeLessThanOrEqual(500)
        expect(placed[at + 1]?.leftPx ?? Infinity).toBeGreaterThanOrEqual(leftPx + widthPx + 6)
      })
    }),
  )
})

test('an important label is placed before others that come first', () => {
  const plain = { leftPx: 10, widthPx: 30, isImportant: false }
  const important = { leftPx: 35, widthPx: 30, isImportant: true }
  expect(placeLabels([plain, important], 0, 100, 6)).toEqual([important])
})
