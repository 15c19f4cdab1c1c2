import { describe, expect, test } from 'vitest'
import { ErrorCollector } from '../../../src/core/outlet/error-collector.ts'
import { Reading } from '../../../src/core/outlet/reading.ts'
import { suppressedErrors } from '../../../src/core/suppressed-errors.ts'

function begun(): { reading: Reading; errors: ErrorCollector; told: unknown[] } {
  const told: unknown[] = []
  const errors = new ErrorCollector(undefined, (error, key) => told.push([error, key]))
  const reading = new Reading(errors)
  reading.phase = 'reading'
  return { reading, errors, told }
}

describe('Reading', () => {
  test('the first cause closes everything, once; what fails later is suppressed on it', () => {
    const { reading } = begun()
    const first = new Error('first')
    expect(reading.fail(first, 'a')).toBe(true)
    expect(reading.phase).toBe('closing')
    expect(reading.fail('second', 'b')).toBe(false)
    expect(reading.abort('stop')).toBe(false)
    expect(reading.settle()).toMatchObject({ error: first })
    expect(suppressedErrors(first)).toEqual(['second'])
  })

  test('an abort is the cause only where nothing failed before it', () => {
    const { reading } = begun()
    const reason = new Error('stop')
    expect(reading.abort(reason)).toBe(true)
    expect(reading.fail('later', 'a')).toBe(false)
    expect(reading.settle()).toMatchObject({ error: reason })
    expect(suppressedErrors(reason)).toEqual(['later'])
  })

  test('a consumer that leaves closes everything, unless it is being closed already', () => {
    const { reading } = begun()
    expect(reading.returned()).toBe(true)
    expect(reading.hasLeft).toBe(true)
    expect(reading.returned()).toBe(false)
  })

  test('an error that was not thrown when the consumer left is told, and is not what leaving throws', () => {
    const { reading, errors, told } = begun()
    reading.fail('unseen', 'a')
    expect(reading.returned()).toBe(false)
    expect(reading.phase).toBe('closing')
    errors.add('closing', 'clean-up', 'b')
    expect(errors.settle(undefined)).toMatchObject({ error: 'clean-up' })
    expect(told).toEqual([['unseen', 'a']])
  })

  test('falsy errors and reasons are errors and reasons', () => {
    const failed = begun()
    expect(failed.reading.fail(undefined, 'a')).toBe(true)
    expect(failed.reading.settle()).toMatchObject({ error: undefined })
    const aborted = begun()
    expect(aborted.reading.abort(0)).toBe(true)
    expect(aborted.reading.settle()).toMatchObject({ error: 0 })
  })
})
