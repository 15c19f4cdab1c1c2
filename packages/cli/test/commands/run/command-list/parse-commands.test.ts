import { describe, expect, test } from 'vitest'
import { usageError, runRequest } from '../../../support/parsed.ts'

describe(':::', () => {
  test('separates commands, each with its own name, folder and variables', () => {
    const words = [
      '-n',
      'api',
      '--',
      'npm',
      'start',
      ':::',
      '-nweb',
      '--cwd=web',
      '--env',
      'A=1',
      'vite',
      '--port',
      '1',
    ]
    expect(runRequest(words).commands).toEqual([
      { name: 'api', file: 'npm', args: ['start'], cwd: undefined, env: {} },
      { name: 'web', file: 'vite', args: ['--port', '1'], cwd: 'web', env: { A: '1' } },
    ])
  })

  test('what stands before the first command holds for all, but its name', () => {
    const words = ['-n', 'a', '--cwd', 'x', '--env', 'A=1', '--env', 'B=1', 'one', ':::', '--env', 'B=2', 'two', ':::']
    expect(runRequest([...words, '--cwd', 'y', '--', 'three']).commands).toEqual([
      { name: 'a', file: 'one', args: [], cwd: 'x', env: { A: '1', B: '1' } },
      { name: 'two', file: 'two', args: [], cwd: 'x', env: { A: '1', B: '2' } },
      { name: 'three', file: 'three', args: [], cwd: 'y', env: { A: '1', B: '1' } },
    ])
  })

  test('may be a value of an option of ours', () => {
    expect(runRequest(['--prefix', ':::', 'make']).prefix).toBe(':::')
  })

  test.each([
    [['make', ':::'], 'the command to run is missing after :::'],
    [['make', ':::', ':::', 'x'], 'the command to run is missing after :::'],
    [[':::', 'make'], 'the command to run is missing before :::'],
    [['make', ':::', '-n', 'a'], 'the command to run is missing'],
    [['make', ':::', '--', ''], 'the command to run has an empty name'],
    [['a', ':::', '--format', 'raw', 'b'], '--format applies to all commands: write it before the first'],
    [['a', ':::', '--cdw', 'x', 'b'], "unknown option '--cdw'; did you mean '--cwd'?"],
    [['-n', 'x', 'a', ':::', '-n', 'x', 'b'], "two commands are named 'x': give each its own name"],
  ])('%j is refused', (words, why) => {
    expect(usageError(['run', ...words])).toBe(why)
  })
})

describe('--file', () => {
  const files = { 'checks.txt': 'lint: eslint .\nnpm test\n', empty: '# nothing\n\n' }

  test('takes the commands from a file, within what holds for all', () => {
    expect(runRequest(['--file', 'checks.txt', '--cwd', 'x', '--env', 'A=1'], files).commands).toEqual([
      { name: 'lint', file: 'eslint', args: ['.'], cwd: 'x', env: { A: '1' } },
      { name: 'npm', file: 'npm', args: ['test'], cwd: 'x', env: { A: '1' } },
    ])
  })

  test('of one command without a name leaves it without', () => {
    expect(runRequest(['--file', 'one'], { one: 'make' }).commands).toMatchObject([{ name: undefined, file: 'make' }])
  })

  test.each([
    [['--file', 'checks.txt', 'make'], '--file cannot be used with a command on the command line'],
    [['--file', 'no-such-file', 'make'], '--file cannot be used with a command on the command line'],
    [
      ['--file', 'checks.txt', '-n', 'a'],
      "--name cannot be used with --file: names are written in the file, as 'name: command'",
    ],
    [['--file', 'empty'], "empty has no command: write one per line, such as 'api: npm start'"],
    [['--file', '-', '--input', '-'], '--input - and --file - cannot both read our stdin'],
  ])('%j is refused', (words, why) => {
    expect(usageError(['run', ...words], { ...files, '-': 'make' })).toBe(why)
  })

  test('- is our stdin, also in messages', () => {
    expect(runRequest(['--file', '-'], { '-': 'make all' }).commands).toMatchObject([{ file: 'make', args: ['all'] }])
    expect(usageError(['run', '--file', '-'], { '-': '\nmake "' })).toMatch(/^stdin:2: /)
  })

  test('a message has a strange path in one line', () => {
    expect(usageError(['run', '--file', 'a\nb'], { 'a\nb': '"' })).toMatch(/^a\^Jb:1: /)
  })
})
