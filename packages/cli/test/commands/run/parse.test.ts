import { describe, expect, test } from 'vitest'
import type { RunRequest } from '../../../src/commands/run/request.ts'
import { usageError, runRequest } from '../../support/parsed.ts'

describe('rivulet run', () => {
  test('has these values where nothing is given', () => {
    expect(runRequest(['make'])).toEqual({
      format: 'text',
      timestamps: 'none',
      prefix: undefined,
      color: 'auto',
      to: 'both',
      ansi: 'colors',
      commands: [{ name: undefined, file: 'make', args: [], cwd: undefined, env: {} }],
      order: 'arrival',
      contain: false,
      hasPty: false,
      onFailure: 'fail-fast',
      success: { kind: 'all' },
      restarts: 0,
      jobs: Infinity,
      isGrouped: false,
      save: undefined,
      isSaveBestEffort: false,
      hasStatusLine: true,
      timeoutMs: undefined,
      killAfterMs: undefined,
      input: undefined,
    } satisfies RunRequest)
  })

  const cases: [words: string[], made: Partial<RunRequest>][] = [
    ...(['text', 'plain', 'jsonl', 'raw'] as const).map((format): [string[], Partial<RunRequest>] => [
      ['--format', format],
      { format },
    ]),
    ...(['none', 'time', 'iso', 'elapsed', 'delta'] as const).map((timestamps): [string[], Partial<RunRequest>] => [
      ['--timestamps', timestamps],
      { timestamps },
    ]),
    [['--prefix', '{name}: '], { prefix: '{name}: ' }],
    [['--prefix', ''], { prefix: '' }],
    [['--color', 'always'], { color: 'always' }],
    [['--color=never'], { color: 'never' }],
    [['--color', 'auto'], { color: 'auto' }],
    [['--to', 'stdout'], { to: 'stdout' }],
    [['--to', 'both'], { to: 'both' }],
    [['--ansi', 'pass'], { ansi: 'pass' }],
    [['--ansi', 'colors'], { ansi: 'colors' }],
    [['--no-status'], { hasStatusLine: false }],
    [['--no-status', '--status'], { hasStatusLine: true }],
    [['--order', 'exact'], { order: 'exact' }],
    [['--order=auto'], { order: 'auto' }],
    [['--order', 'arrival'], { order: 'arrival' }],
    [['--contain'], { contain: true }],
    [['--contain', '--no-contain'], { contain: false }],
    [['--pty', 'stdout'], { hasPty: true }],
    [['--pty', 'stdout', '--order', 'auto'], { hasPty: true, order: 'auto' }],
    [['--keep-going'], { onFailure: 'keep-going' }],
    [['--keep-going', '--fail-fast'], { onFailure: 'fail-fast' }],
    [['--success', 'all'], { success: { kind: 'all' } }],
    [['--success', 'first'], { success: { kind: 'first' } }],
    [['-n', 'api', '--success', 'api'], { success: { kind: 'name', name: 'api' } }],
    [['--restart', '3'], { restarts: 3 }],
    [['--restart', '0'], { restarts: 0 }],
    [['--jobs', '1'], { jobs: 1 }],
    [['--group'], { isGrouped: true }],
    [['--group', '--format', 'jsonl'], { isGrouped: true, format: 'jsonl' }],
    [['--group', '--no-group'], { isGrouped: false }],
    [['--save', 'run.jsonl'], { save: 'run.jsonl', isSaveBestEffort: false }],
    [['--save', 'run.jsonl', '--save-best-effort'], { save: 'run.jsonl', isSaveBestEffort: true }],
    [['--timeout', '2m'], { timeoutMs: 120_000 }],
    [['--kill-after', '0'], { killAfterMs: 0 }],
    [['--input', 'data.txt'], { input: 'data.txt' }],
    [['--input', '-'], { input: '-' }],
  ]

  test.each(cases)('%j', (words, made) => {
    expect(runRequest([...words, '--', 'make'])).toMatchObject(made)
  })

  test('--cwd and --env belong to the command', () => {
    const { commands } = runRequest([
      '--cwd',
      'app',
      '--env',
      'A=1',
      '--env=B=x=y',
      '--env',
      'C=',
      '--env',
      'A=2',
      'make',
    ])
    expect(commands).toEqual([
      { name: undefined, file: 'make', args: [], cwd: 'app', env: { A: '2', B: 'x=y', C: '' } },
    ])
  })

  test('a variable may have any name', () => {
    const [command] = runRequest(['--env', '__proto__=1', 'make']).commands
    expect(Object.entries(command!.env)).toEqual([['__proto__', '1']])
  })

  test('leaves the words of the program alone', () => {
    expect(runRequest(['make', '--format', 'xml', '--', '-j4']).commands[0]).toMatchObject({
      file: 'make',
      args: ['--format', 'xml', '--', '-j4'],
    })
    expect(runRequest(['--', '-x', '']).commands[0]).toMatchObject({ file: '-x', args: [''] })
  })

  test.each([
    [[], 'the command to run is missing: rivulet run -- make, or --file with a command file'],
    [['--'], 'the command to run is missing: rivulet run -- make, or --file with a command file'],
    [['--', ''], 'the command to run has an empty name'],
    [['--jobs', '0', 'x'], "--jobs must be a whole number of at least 1, not '0'"],
    [['--jobs', '1.5', 'x'], "--jobs must be a whole number of at least 1, not '1.5'"],
    [['--restart', '-1', 'x'], "--restart must be a whole number of at least 0, not '-1'"],
    [
      ['--timeout', '0', 'x'],
      /^--timeout must be a time such as 30s, 500ms, 2m or 1h, above 0 and at most 596h, not '0'$/,
    ],
    [
      ['--kill-after', 'soon', 'x'],
      /^--kill-after must be a time such as 30s, 500ms, 2m or 1h, at most 596h, not 'soon'$/,
    ],
    [['--env', 'A', 'x'], "--env must be KEY=VALUE, such as PORT=3000, not 'A'"],
    [['--env', '=1', 'x'], "--env must be KEY=VALUE, such as PORT=3000, not '=1'"],
    [['--cwd', '', 'x'], "--cwd must be the path of a folder, not ''"],
    [['--save', '', 'x'], "--save must be the path of a file, not ''"],
    [['--input', '', 'x'], "--input must be the path of a file, not ''"],
    [['--pty', 'stderr', 'x'], "--pty must be stdout, not 'stderr'"],
    [['--order', 'some', 'x'], "--order must be arrival, exact or auto, not 'some'"],
    [['--format', 'xml', 'x'], "--format must be text, plain, jsonl or raw, not 'xml'"],
    [['--timestamps', 'utc', 'x'], "--timestamps must be none, time, iso, elapsed or delta, not 'utc'"],
    [['--color', 'yes', 'x'], "--color must be auto, always or never, not 'yes'"],
    [['--to', 'stderr', 'x'], "--to must be both or stdout, not 'stderr'"],
    [['--ansi', 'none', 'x'], "--ansi must be colors or pass, not 'none'"],
    [['-n', ' api', 'x'], /^-n must be a name of at most 64 characters that begins with .*, not ' api'$/],
    [
      ['--prefix', '{nmae}', 'x'],
      /^--prefix must be a template such as '\{time\} \{name\} \| ', not '\{nmae\}': '\{nmae\}' is not a field; there are \{name\}, /,
    ],
  ])('refuses %j', (words, why) => {
    if (typeof why === 'string') expect(usageError(['run', ...words])).toBe(why)
    else expect(usageError(['run', ...words])).toMatch(why)
  })
})

describe('options that cannot be used together are refused, with the reason', () => {
  test.each([
    [['--pty', 'stdout', '--order', 'exact', 'x'], /^--pty cannot be used with --order exact: /],
    [['--save-best-effort', 'x'], '--save-best-effort needs --save FILE'],
    [['--save', '-', 'x'], '--save needs a file; for events on stdout, use --format jsonl'],
    [['--input', 'a', 'x', ':::', 'y'], /^--input cannot be shared by several commands: .* sh -c 'COMMAND < FILE'$/],
    [
      ['--input', '-', '--restart', '1', 'x'],
      /^--input - cannot be used with --restart: our stdin can be read only once/,
    ],
    [['--success', 'first', '--keep-going', 'x', ':::', 'y'], /^--success first cannot be used with --keep-going: /],
    [
      ['--timestamps', 'iso', '--format', 'jsonl', 'x'],
      /^--timestamps cannot be used with --format jsonl, where each event/,
    ],
    [
      ['--timestamps', 'iso', '--format', 'raw', 'x'],
      /^--timestamps cannot be used with --format raw, which adds nothing/,
    ],
    [
      ['--prefix', 'a\n', 'x'],
      /^--prefix must be .*, not 'a\^J': there is a control character in it, and only a tab is allowed$/,
    ],
    [['--prefix', 'a', '--format', 'jsonl', 'x'], /^--prefix cannot be used with --format jsonl, /],
    [['--prefix', '', '--format', 'raw', 'x'], /^--prefix cannot be used with --format raw, /],
    [['--color', 'always', '--format', 'jsonl', 'x'], /^--color always cannot be used with --format jsonl, /],
    [['--ansi', 'pass', '--format', 'raw', 'x'], /^--ansi pass cannot be used with --format raw, /],
    [
      ['--color', 'always', '--format', 'plain', 'x'],
      /^--color always cannot be used with --format plain, .*; use text$/,
    ],
    [['--ansi', 'pass', '--format', 'plain', 'x'], /^--ansi pass cannot be used with --format plain, .*; use text$/],
  ])('%j', (words, why) => {
    if (typeof why === 'string') expect(usageError(['run', ...words])).toBe(why)
    else expect(usageError(['run', ...words])).toMatch(why)
  })

  test('but not what only says the same again', () => {
    const words = [
      '--format',
      'jsonl',
      '--timestamps',
      'none',
      '--to',
      'stdout',
      '--color',
      'never',
      '--ansi',
      'colors',
    ]
    expect(runRequest([...words, 'x'])).toMatchObject({ format: 'jsonl', timestamps: 'none' })
    expect(runRequest(['--input', 'file', '--restart', '2', 'x'])).toMatchObject({ input: 'file', restarts: 2 })
  })
})

describe('--success', () => {
  const two = ['-n', 'api', 'x', ':::', '-n', 'web', 'y']

  test('takes the name of a command', () => {
    expect(runRequest(['--success', 'web', ...two]).success).toEqual({ kind: 'name', name: 'web' })
    expect(runRequest(['--success', 'npm', 'npm', 'start', ':::', 'vite']).success).toEqual({
      kind: 'name',
      name: 'npm',
    })
  })

  test.each([
    [['--success', 'wbe', ...two], "--success must be all, first or the name of a command (api or web), not 'wbe'"],
    [['--success', 'api', 'x'], "--success must be all or first, not 'api': no command has a name, which -n gives"],
    [
      ['--success', 'first', '-n', 'first', 'x', ':::', 'y'],
      '--success first is ambiguous: a command has that name, give it another',
    ],
  ])('refuses %j', (words, why) => {
    expect(usageError(['run', ...words])).toBe(why)
  })

  test('leaves a command that is named all or first alone where it is not given', () => {
    expect(runRequest(['-n', 'all', 'x', ':::', '-n', 'first', 'y']).success).toEqual({ kind: 'all' })
  })
})
