import fc from 'fast-check'
import { expect, test } from 'vitest'
import { batchLine } from '../../../src/process/platform/batch-line.ts'

const file = 'C:\\Program Files\\nodejs\\npm.cmd'

test('file and arguments stand in quotes each, and all of them once more, as cmd.exe /s takes off', () => {
  expect(batchLine(file, ['run', 'build all'])).toBe(`""${file}" "run" "build all""`)
})

test('an argument that is empty stays one', () => {
  expect(batchLine(file, [''])).toBe(`""${file}" """`)
})

test('without arguments it is the file alone', () => {
  expect(batchLine(file, [])).toBe(`""${file}""`)
})

test('what stands for itself is handed on', () => {
  const args = ['--out-dir=dist/x', 'C:\\a\\b.txt', 'a,b;c', 'user@host:1', 'c++', '~', '#1', 'x_Y-9', '/x']
  expect(batchLine(file, args)).toBe(`""${file}" ${args.map((arg) => `"${arg}"`).join(' ')}"`)
})

test.each(Array.from('%!^&|<>"`$*?\n\r\t\v\f\0\u001a\u0085\u00a0\u2028“＂😀'))(
  'the character %j is refused wherever it stands, also in the path',
  (char) => {
    for (const arg of [char, `a${char}`, `${char}a`, `a${char}b`, `a b${char}`]) {
      expect(batchLine(file, [arg])).toBeUndefined()
      expect(batchLine(file, ['safe', arg, 'safe'])).toBeUndefined()
      expect(batchLine(`C:\\${arg}\\npm.cmd`, [])).toBeUndefined()
    }
  },
)

test.each(Array.from("'()[]{}éЖ漢"))('the character %j is refused in an argument, and not in the path', (char) => {
  expect(batchLine(file, [`a${char}`])).toBeUndefined()
  expect(batchLine(`C:\\a${char}\\npm.cmd`, ['b'])).toBe(`""C:\\a${char}\\npm.cmd" "b""`)
})

test.each(['\n', '\r', '\r\n', '\n\n'])('a line end at the very end, %j, is refused as well', (end) => {
  expect(batchLine(file, [`a${end}`])).toBeUndefined()
  expect(batchLine(file + end, [])).toBeUndefined()
})

test('a backslash at the end is refused, for some programs would read the closing quote as part of it', () => {
  expect(batchLine(file, ['C:\\folder\\'])).toBeUndefined()
  expect(batchLine(file, ['\\'])).toBeUndefined()
})

test('known attacks on batch files are refused', () => {
  for (const arg of [
    '"&calc.exe',
    '%CMDCMDLINE:~-1%&calc.exe',
    '%PATH:~0,1%',
    '!PATH!',
    '^"&calc^"',
    'a\r\ncalc',
    '& calc',
    '|calc',
    '>C:\\x',
    '$(calc)',
  ])
    expect(batchLine(file, [arg])).toBeUndefined()
})

const argument = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.string({ unit: fc.constantFrom(...Array.from('abZ09 .,:;=@#~+\\/-_"%!^&|<>\'`()\r\n')) }),
)

test('a line that is given holds, inside its quotes, only what is safe, and gives the arguments back', () => {
  fc.assert(
    fc.property(fc.array(argument, { maxLength: 4 }), (args) => {
      const line = batchLine(file, args)
      const isSafe = args.every((arg) => /^[A-Za-z0-9_ .,:;=@#~+\\/-]*$/.test(arg) && !arg.endsWith('\\'))
      if (!isSafe) {
        expect(line).toBeUndefined()
        return
      }
      // Every quote that cmd.exe sees switches: with the outer two off, each word is inside, and only spaces are outside.
      const parts = (line ?? '').slice(1, -1).split('"')
      expect(parts.filter((_part, at) => at % 2 === 1)).toEqual([file, ...args])
      expect(parts.filter((_part, at) => at % 2 === 0)).toEqual(['', ...args.map(() => ' '), ''])
    }),
    { numRuns: 2000 },
  )
})

test('a line that is longer than cmd.exe takes is refused', () => {
  const room = 8191 - (batchLine('a.cmd', [''])?.length ?? 0)
  expect(batchLine('a.cmd', ['x'.repeat(room)])).toHaveLength(8191)
  expect(batchLine('a.cmd', ['x'.repeat(room + 1)])).toBeUndefined()
})
