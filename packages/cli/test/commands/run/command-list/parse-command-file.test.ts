import { describe, expect, test } from 'vitest'
import { specs } from '../../../../src/commands/commands.ts'
import { parseCommandFile } from '../../../../src/commands/run/command-list/parse-command-file.ts'
import { UsageError } from '../../../../src/command-line/usage-error.ts'

function parse(text: string) {
  return parseCommandFile(text, 'commands.txt', specs)
}

describe('a command file', () => {
  test('has one command per line, with or without a name', () => {
    expect(parse('api: npm start\n  make -j4\n')).toEqual([
      { name: 'api', file: 'npm', args: ['start'], cwd: undefined, env: {} },
      { name: undefined, file: 'make', args: ['-j4'], cwd: undefined, env: {} },
    ])
  })

  test('may have options before the words of a command', () => {
    expect(parse("web: --cwd 'my app' --env PORT=1 -- vite\n-n docs serve")).toEqual([
      { name: 'web', file: 'vite', args: [], cwd: 'my app', env: { PORT: '1' } },
      { name: 'docs', file: 'serve', args: [], cwd: undefined, env: {} },
    ])
  })

  test('may have comments, empty lines, CRLF, and no newline at its end', () => {
    const text = '# first\r\n\r\n \t \r\napi: run it # not this\r\nb: x#y\r\nlast'
    expect(parse(text).map(({ name, file, args }) => [name, file, ...args])).toEqual([
      ['api', 'run', 'it'],
      ['b', 'x#y'],
      [undefined, 'last'],
    ])
  })

  test('takes for a name only what has a space or nothing behind its colon', () => {
    expect(parse('curl http://x:80/ b: c').map(({ name, args }) => [name, ...args])).toEqual([
      [undefined, 'http://x:80/', 'b:', 'c'],
    ])
    expect(parse("'api:' x")).toMatchObject([{ name: undefined, file: 'api:', args: ['x'] }])
    expect(parse('a:b c')).toMatchObject([{ name: undefined, file: 'a:b', args: ['c'] }])
  })

  test('may have ::: as a word', () => {
    expect(parse('a: echo :::')).toMatchObject([{ args: [':::'] }])
  })

  test.each([
    ['a: make\nb: echo "x', 'commands.txt:2: the " at column 9 is not closed'],
    ['echo \\', 'commands.txt:1: nothing follows the backslash at the end: a command is one line'],
    ['a: make\na: test', "commands.txt:2: 'a' is already the name of line 1"],
    ['-n a x\n\nb: y\n-n a z', "commands.txt:4: 'a' is already the name of line 1"],
    ['api:', 'commands.txt:1: the command to run is missing'],
    ['api: # later', 'commands.txt:1: the command to run is missing'],
    ['--cwd x', 'commands.txt:1: the command to run is missing'],
    ['./api: x', /^commands\.txt:1: the name must be a name of at most 64 characters .*, not '\.\/api'$/],
    ['a: -n b x', "commands.txt:1: the command has two names, 'a' and 'b'"],
    ['a: --format raw x', 'commands.txt:1: --format applies to all commands: write it before the first'],
    ['a: npm start && npm test', "commands.txt:1: '&&' at column 14 needs a shell: quote it, or write sh -c '...'"],
    ['x\u0000y', 'commands.txt:1: there is a control character at column 2'],
    ['a\rb', 'commands.txt:1: there is a control character at column 2'],
    ['', "commands.txt has no command: write one per line, such as 'api: npm start'"],
  ])('%j is refused with its line', (text, why) => {
    if (typeof why === 'string') expect(() => parse(text)).toThrow(new UsageError(why))
    else expect(() => parse(text)).toThrow(why)
  })
})
