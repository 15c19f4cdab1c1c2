import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../../../../src/command-line/usage-error.ts'
import { splitWords } from '../../../../src/commands/run/command-list/split-words.ts'

/** The words that a real shell makes of each line. */
function shellWords(lines: readonly string[]): string[][] {
  const script = lines.map((line) => `printf '%s\\0' ${line}\nprintf '\\1'`).join('\n')
  // With no words at all printf prints its format once.
  const shown = execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8' }).split('\u0001').slice(0, -1)
  return shown.map((words) => words.split('\0').slice(0, -1))
}

describe('splitWords', () => {
  test.each([
    ['make -j4 all', ['make', '-j4', 'all']],
    ['  a \t b  ', ['a', 'b']],
    ['', []],
    [`'a b' "c d" e\\ f`, ['a b', 'c d', 'e f']],
    [`a'b'"c"d`, ['abcd']],
    [`'' "" x`, ['', '', 'x']],
    [`"\\"\\\\\\$\\\`\\n'" '\\"'`, ['"\\$`\\n\'', '\\"']],
    ['\\a\\#\\&', ['a#&']],
    ['a #b', ['a']],
    ['a#b \\#c "#d"', ['a#b', '#c', '#d']],
    ['$HOME ~ * `x` $(y) a?', ['$HOME', '~', '*', '`x`', '$(y)', 'a?']],
    [`'&&' "a|b" a\\;b`, ['&&', 'a|b', 'a;b']],
    ['größe 日本 🎉', ['größe', '日本', '🎉']],
  ])('makes of %s', (line, words) => {
    expect(splitWords(line)).toEqual(words)
  })

  test.each([
    [`a 'b`, "the ' at column 3 is not closed"],
    [`a "b\\"`, 'the " at column 3 is not closed'],
    ['a\\', 'nothing follows the backslash at the end: a command is one line'],
    ['a && b', "'&&' at column 3 needs a shell: quote it, or write sh -c '...'"],
    ['a 2>&1', "'>&' at column 4 needs a shell: quote it, or write sh -c '...'"],
    ['a;b', "';' at column 2 needs a shell: quote it, or write sh -c '...'"],
    ['a <b', "'<' at column 3 needs a shell: quote it, or write sh -c '...'"],
  ])('refuses %s', (line, why) => {
    expect(() => splitWords(line)).toThrow(new UsageError(why))
  })

  test('splits and quotes as a shell does', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'a',
        'B',
        '7',
        '-',
        '=',
        ',',
        'é',
        ' ',
        '  ',
        '\t',
        '#',
        '\\ ',
        '\\\\',
        "\\'",
        '\\"',
        '\\a',
        "''",
        '""',
      ),
      fc.string({ unit: fc.constantFrom('a', ' ', '"', '\\', '#', '&', '|') }).map((text) => `'${text}'`),
      fc
        .string({ unit: fc.constantFrom('a', ' ', "'", '\\\\', '\\"', '\\x', '#', '&', ';') })
        .map((text) => `"${text}"`),
    )
    const line = fc.array(piece, { maxLength: 12 }).map((pieces) => `x${pieces.join('')}`)
    fc.assert(
      fc.property(fc.array(line, { minLength: 50, maxLength: 50 }), (lines) => {
        expect(lines.map((one) => splitWords(one))).toEqual(shellWords(lines))
      }),
      { numRuns: 20 },
    )
  })

  test('gives any words back that were quoted', () => {
    const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (words) => {
        expect(splitWords(words.map(quote).join(' '))).toEqual(words)
      }),
    )
  })
})
