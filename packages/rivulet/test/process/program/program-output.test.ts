import fc from 'fast-check'
import { expect, test } from 'vitest'
import { OutputLimit } from '../../../src/process/program/program-output.ts'

test('without a limit everything may be delivered', () => {
  const limit = new OutputLimit(undefined)
  expect([1, 2 ** 40, Number.MAX_SAFE_INTEGER].map((bytes) => limit.take(bytes))).toEqual([
    1,
    2 ** 40,
    Number.MAX_SAFE_INTEGER,
  ])
})

test('exactly the limit is delivered, and not one byte more', () => {
  const limit = new OutputLimit(5)
  expect([3, 2, 1, 7].map((bytes) => limit.take(bytes))).toEqual([3, 2, 0, 0])
})

test('of the chunk that exceeds it, as much as fits', () => {
  expect(new OutputLimit(5).take(8)).toBe(5)
})

test('a limit of 0 delivers nothing', () => {
  expect(new OutputLimit(0).take(1)).toBe(0)
})

test('it can be made smaller, never larger', () => {
  const limit = new OutputLimit(10)
  limit.lower(4)
  limit.lower(20)
  expect(limit.take(100)).toBe(4)
  const unlimited = new OutputLimit(undefined)
  unlimited.lower(3)
  expect(unlimited.take(100)).toBe(3)
})

test('whatever the chunks, together they are delivered up to the limit, and none out of turn', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.array(fc.nat(200)), (maxBytes, chunks) => {
      const limit = new OutputLimit(maxBytes)
      let before = 0
      for (const bytes of chunks) {
        const expected = Math.min(before + bytes, maxBytes) - Math.min(before, maxBytes)
        expect(limit.take(bytes)).toBe(expected)
        before += bytes
      }
    }),
  )
})
