import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flagsOf } from '../../src/command-line/flags.ts'
import { countEdits, nearest } from '../../src/command-line/nearest.ts'
import { optionsOf } from '../../src/command-line/command-spec.ts'
import { specs } from '../../src/commands/commands.ts'

const words = [...new Set(specs.flatMap((command) => [...flagsOf(optionsOf(command)).keys()]))]
  .filter((flag) => flag.startsWith('--'))
  .map((flag) => flag.slice(2))

describe('nearest', () => {
  test.each([
    ['formt', 'format'],
    ['fromat', 'format'],
    ['timestamp', 'timestamps'],
    ['timout', 'timeout'],
    ['keepgoing', 'keep-going'],
    ['colour', 'color'],
    ['pyt', 'pty'],
    ['jbos', 'jobs'],
    ['evn', 'env'],
    ['no-staus', 'no-status'],
    // The only one that begins so.
    ['keep', 'keep-going'],
    ['times', 'timestamps'],
  ])('takes %s for %s', (given, meant) => {
    expect(nearest(given, words)).toBe(meant)
  })

  test.each(['verbose', 'quiet', 'x', '', 'of', 'fast', 'watch', 'parallel', 'no'])('takes %s for nothing', (given) => {
    expect(nearest(given, words)).toBeUndefined()
  })

  test('takes the nearest of several, and the first of those that are as near', () => {
    expect(nearest('timestam', ['timestar', 'timestxx'])).toBe('timestar')
    expect(nearest('timestam', ['timestxx', 'timestar'])).toBe('timestar')
    expect(nearest('timestam', ['timestaz', 'timestar'])).toBe('timestaz')
  })

  test('never gives what is far', () => {
    const letters = fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyz-'))
    const edited = fc.tuple(fc.constantFrom(...words), fc.array(fc.tuple(fc.nat(20), letters), { maxLength: 4 }))
    const misspelt = edited.map(([word, edits]) => {
      let text = word
      for (const [at, letter] of edits)
        text = text.slice(0, at % (text.length + 1)) + letter + text.slice((at % (text.length + 1)) + 1)
      return text
    })
    fc.assert(
      fc.property(fc.oneof(misspelt, fc.string({ unit: letters }), fc.string()), (given) => {
        const found = nearest(given, words)
        if (found === undefined) return
        expect(words).toContain(found)
        const edits = countEdits(given, found)
        const isNear = edits <= Math.max(given.length, found.length) / 3
        expect(isNear || (given.length >= 3 && found.startsWith(given))).toBe(true)
        // Nothing is nearer.
        if (isNear) expect(Math.min(...words.map((word) => countEdits(given, word)))).toBe(edits)
      }),
      { numRuns: 1000 },
    )
  })

  test('finds an option of four letters or more where one is wrong, missing, too many or swapped', () => {
    const place = fc
      .constantFrom(...words.filter((word) => word.length >= 4))
      .chain((word) => fc.record({ word: fc.constant(word), at: fc.nat(word.length - 2), kind: fc.nat(3) }))
    fc.assert(
      fc.property(place, ({ word, at, kind }) => {
        const [before, letter, next, after] = [word.slice(0, at), word[at]!, word[at + 1]!, word.slice(at + 2)]
        const given = before + [`z${next}`, next, `${letter}z${next}`, next + letter][kind]! + after
        // There may be another that is as near: `tile` could be `title` or `file`.
        expect(countEdits(given, nearest(given, words)!)).toBeLessThanOrEqual(1)
      }),
      { numRuns: 500 },
    )
  })
})

describe('countEdits', () => {
  test.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['', 'abc', 3],
    ['abc', 'abd', 1],
    ['abc', 'ab', 1],
    ['abc', 'abxc', 1],
    ['abcd', 'acbd', 1],
    ['kitten', 'sitting', 3],
    ['ca', 'abc', 3],
    ['🎉a', '🎊a', 1],
  ])('from %j to %j: %i', (from, to, edits) => {
    expect(countEdits(from, to)).toBe(edits)
  })

  test('is the same both ways, and at most the longer of both', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (one, other) => {
        const edits = countEdits(one, other)
        expect(countEdits(other, one)).toBe(edits)
        expect(edits === 0).toBe(one === other)
        expect(edits).toBeLessThanOrEqual(Math.max(one.length, other.length))
      }),
    )
  })
})
