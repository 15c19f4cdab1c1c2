import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LineAssembler, type TimelineLine } from '../../../src/timeline/scan/line-assembler.ts'

type Push = [lane: number, ms: number, text: string]

function assembled(pushes: readonly Push[], maxLineChars = 100): TimelineLine[] {
  const lines: TimelineLine[] = []
  const assembler = new LineAssembler(maxLineChars, (line) => lines.push(line))
  for (const push of pushes) assembler.push(...push)
  assembler.flush()
  return lines
}

/** Lines as `ms lane text`, with a `+` where they go on with one that was begun. */
function shown(...pushes: Push[]): string[] {
  return assembled(pushes).map(({ ms, lane, text, isContinued }) => `${ms} ${lane} ${isContinued ? '+' : ''}${text}`)
}

describe('a line', () => {
  test('ends with \\n, with \\r\\n, and with the record', () => {
    expect(shown([0, 5, 'one\ntwo\r\nthree'])).toEqual(['5 0 one', '5 0 two', '5 0 three'])
  })

  test('may be empty', () => {
    expect(shown([0, 5, '\n\r\n'])).toEqual(['5 0 ', '5 0 '])
  })

  test('has the time of its beginning where its parts come together', () => {
    expect(shown([0, 5, 'on'], [0, 9, 'e\ntwo\n'])).toEqual(['5 0 one', '9 0 two'])
  })

  test('comes in parts where they came at different times', () => {
    expect(shown([0, 0, '.'], [0, 500, '.'], [0, 1000, '.\n'])).toEqual(['0 0 .', '500 0 +.', '1000 0 +.'])
  })

  test('comes in parts where another lane has come between them', () => {
    expect(shown([0, 5, 'on'], [1, 5, 'err\n'], [0, 5, 'e\n'])).toEqual(['5 0 on', '5 1 err', '5 0 +e'])
  })

  test('has no part of its own for an end that comes late', () => {
    expect(shown([0, 0, 'name? '], [0, 900, '\n'], [0, 901, 'next\n'])).toEqual(['0 0 name? ', '901 0 next'])
  })

  test('is each redraw of a progress bar that shows anything', () => {
    expect(shown([0, 0, '\r10 %'], [0, 1, '\r20 %\r'], [0, 2, '\r\n'])).toEqual(['0 0 10 %', '1 0 20 %'])
  })

  test('ends once where \\r and \\n come apart', () => {
    expect(shown([0, 0, 'one\r'], [0, 1, '\ntwo\n'])).toEqual(['0 0 one', '1 0 two'])
  })

  test('is cut where it is longer than what is kept, between characters, and says how many bytes', () => {
    const [line] = assembled(
      [
        [0, 0, 'ab😀'],
        [0, 1, 'ü\n'],
      ],
      3,
    )
    expect(line).toMatchObject({ text: 'ab', cutBytes: 4 + 2 })
  })
})

test('a lane that begins anew goes on with no line', () => {
  const lines: TimelineLine[] = []
  const assembler = new LineAssembler(100, (line) => lines.push(line))
  assembler.push(0, 0, 'torn')
  assembler.reset(0)
  assembler.push(0, 1, '\n')
  expect(lines.map(({ text, isContinued }) => [text, isContinued])).toEqual([
    ['torn', false],
    ['', false],
  ])
})

test('whatever the pieces, nothing is lost, nothing is added, and times do not go back', () => {
  const pushes = fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 2 }), fc.nat(40), fc.stringMatching(/^[ab\n]*$/))
      .map(([lane, ms, text]): Push => [lane, ms, text]),
  )
  fc.assert(
    fc.property(pushes, (unsorted) => {
      const sorted = unsorted.toSorted((left, right) => left[1] - right[1])
      const lines = assembled(sorted, 1_000_000)
      for (const lane of [0, 1, 2]) {
        const given = sorted
          .filter((push) => push[0] === lane)
          .map((push) => push[2])
          .join('')
        const of = lines.filter((line) => line.lane === lane)
        expect(of.map(({ text }) => text).join('')).toBe(given.replaceAll('\n', ''))
        const whole = given.split('\n').length - (given === '' || given.endsWith('\n') ? 1 : 0)
        expect(of.filter(({ isContinued }) => !isContinued)).toHaveLength(whole)
      }
      const times = lines.map(({ ms }) => ms)
      expect(times).toEqual(times.toSorted((left, right) => left - right))
    }),
  )
})
