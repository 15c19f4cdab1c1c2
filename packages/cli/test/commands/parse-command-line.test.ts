import { describe, expect, test } from 'vitest'
import { flagsOf } from '../../src/command-line/flags.ts'
import { optionsOf } from '../../src/command-line/command-spec.ts'
import { specs } from '../../src/commands/commands.ts'
import { parsed, usageError, showRequest, timelineRequest } from '../support/parsed.ts'

describe('rivulet', () => {
  test.each([
    [['--help'], { kind: 'help', request: { command: undefined } }],
    [['-h'], { kind: 'help', request: { command: undefined } }],
    [['help'], { kind: 'help', request: { command: undefined } }],
    [['--version'], { kind: 'version' }],
    [['completion', 'zsh'], { kind: 'completion', request: { shell: 'zsh' } }],
  ])('%j', (words, request) => {
    expect(parsed(words)).toEqual(request)
  })

  test.each(specs.map((command) => [command.name, command] as const))('%s --help is its help', (name, command) => {
    expect(parsed([name, '--help'])).toEqual({ kind: 'help', request: { command } })
    expect(parsed([name, '-h', 'more'])).toEqual({ kind: 'help', request: { command } })
    expect(parsed(['help', name])).toEqual({ kind: 'help', request: { command } })
  })

  test('--help behind the program is the program’s', () => {
    expect(parsed(['run', 'make', '--help'])).toMatchObject({ kind: 'run' })
  })

  test.each([
    [[], 'a command is missing: rivulet run -- make, or rivulet --help'],
    [['shwo'], "unknown command 'shwo'; did you mean 'show'?"],
    [['rnu', 'ls'], "unknown command 'rnu'; did you mean 'run'?"],
    [['rn', 'ls'], "unknown command 'rn'; did you mean 'run'?"],
    [['npm', 'test'], "unknown command 'npm'; to run a program: rivulet run -- npm"],
    [['a b'], "unknown command 'a b'; to run a program: rivulet run -- PROGRAM"],
    [[''], "unknown command ''; to run a program: rivulet run -- PROGRAM"],
    [['--format', 'jsonl', 'run'], '--format comes after the command: rivulet run --format'],
    [['--format=jsonl', 'run'], '--format comes after the command: rivulet run --format'],
    [['--follow'], '--follow comes after the command: rivulet show --follow'],
    [['--xyz'], "unknown option '--xyz'; see rivulet --help"],
    [['--verison'], "unknown option '--verison'; did you mean '--version'?"],
    [['help', 'rnu'], "COMMAND must be run, show, timeline, completion or help, not 'rnu'"],
    [['help', 'run', 'show'], "rivulet help takes one COMMAND; 'show' is one too many"],
    [['completion'], 'SHELL is missing: source <(rivulet completion bash)'],
    [['completion', 'csh'], "SHELL must be bash, zsh or fish, not 'csh'"],
  ])('refuses %j', (words, why) => {
    expect(usageError(words)).toBe(why)
  })

  test.each([
    [['run', '--formt', 'raw', 'x'], "unknown option '--formt'; did you mean '--format'?"],
    [['run', '--formt=raw', 'x'], "unknown option '--formt'; did you mean '--format'?"],
    [['run', '-format', 'raw', 'x'], "unknown option '-format'; did you mean '--format'?"],
    [['run', '-name', 'api', 'x'], "unknown option '-name'; did you mean '--name'?"],
    [['run', '--failfast', 'x'], "unknown option '--failfast'; did you mean '--fail-fast'?"],
    [['run', '--verison', 'x'], "unknown option '--verison'; did you mean 'rivulet --version'?"],
    [['run', '--fast', 'x'], "unknown option '--fast'; see rivulet run --help"],
    [['run', '-j4', 'make'], "unknown option '-j4'; see rivulet run --help"],
    [['run', '--follow', 'x'], "unknown option '--follow': it is an option of rivulet show"],
    [['show', '--pty', 'stdout', 'x'], "unknown option '--pty': it is an option of rivulet run"],
    [['timeline', '--titel', 'x', 'y'], "unknown option '--titel'; did you mean '--title'?"],
    [['run', '--\n\u001b[2J', 'x'], "unknown option '--^J^[[2J'; see rivulet run --help"],
  ])('refuses the unknown option in %j', (words, why) => {
    expect(usageError(words)).toBe(why)
  })

  test('suggests each option for its name with a letter too many', () => {
    for (const command of specs) {
      for (const flag of flagsOf(optionsOf(command)).keys()) {
        // Of fewer letters any one could be meant for another word.
        if (flag.length < '--env'.length) continue
        expect(usageError([command.name, `${flag}z`]), flag).toBe(`unknown option '${flag}z'; did you mean '${flag}'?`)
      }
    }
  })

  test('an error of ours is no usage error', () => {
    expect(() => parsed(['run', '--file', 'x'])).toThrow("The test has no file 'x'")
  })
})

describe('rivulet show', () => {
  test('has these values where nothing is given', () => {
    expect(showRequest('run.jsonl')).toEqual({
      format: 'text',
      timestamps: 'none',
      prefix: undefined,
      color: 'auto',
      to: 'both',
      ansi: 'colors',
      path: 'run.jsonl',
      speed: undefined,
      only: undefined,
      names: [],
      grep: undefined,
      since: undefined,
      isFollowing: false,
    })
  })

  test.each([
    [['--only', 'stderr'], { only: 'stderr' }],
    [['-n', 'api', '--name', 'web'], { names: ['api', 'web'] }],
    [['--grep', 'a|b'], { grep: /a|b/ }],
    [['--since', '90s'], { since: { kind: 'start', ms: 90_000 } }],
    [['--since', '2026-01-31T09:30:00Z'], { since: { kind: 'epoch', ms: Date.UTC(2026, 0, 31, 9, 30) } }],
    [['--speed', '0.5'], { speed: 0.5 }],
    [['--follow'], { isFollowing: true }],
    [['--format', 'raw', '--to', 'stdout'], { format: 'raw', to: 'stdout' }],
  ])('%j', (words, made) => {
    expect(showRequest(...words, 'run.jsonl')).toMatchObject(made)
    expect(showRequest('run.jsonl', ...words)).toMatchObject(made)
  })

  test.each([
    [['show'], /^FILE is missing: rivulet show /],
    [['show', ''], /^FILE is missing: /],
    [['show', 'a', 'b'], "rivulet show takes one FILE; 'b' is one too many"],
    [['show', '--only', 'out', 'a'], "--only must be stdout or stderr, not 'out'"],
    [['show', '--speed', '0', 'a'], "--speed must be a number above 0, such as 2 or 0.5, not '0'"],
    [['show', '--grep', '(', 'a'], /^--grep must be a regular expression, not '\(': .*Unterminated group/],
    [['show', '--since', 'monday', 'a'], /^--since must be a time from the start, such as .*, not 'monday'$/],
    [
      ['show', '--speed', '2', '--follow', 'a'],
      '--speed cannot be used with --follow: a run that is followed comes at its own pace',
    ],
    [['show', '--grep', 'a', '--grep', 'b', 'x'], /^--grep can be given only once: /],
    [['show', '--format', 'jsonl', '--color', 'always', 'a'], /^--color always cannot be used with --format jsonl/],
    [['show', '--format', 'raw', '--ansi', 'pass', 'a'], /^--ansi pass cannot be used with --format raw/],
    [['show', '--format', 'raw', '--timestamps', 'time', 'a'], /^--timestamps cannot be used with --format raw/],
  ])('refuses %j', (words, why) => {
    if (typeof why === 'string') expect(usageError(words)).toBe(why)
    else expect(usageError(words)).toMatch(why)
  })
})

describe('rivulet timeline', () => {
  test.each([
    [['run.jsonl'], { path: 'run.jsonl', out: undefined, format: 'html', title: undefined }],
    [['-'], { path: '-', format: 'html' }],
    [['run.jsonl', '-o', 'run.html'], { out: 'run.html', format: 'html' }],
    [['run.jsonl', '-orun.svg'], { out: 'run.svg', format: 'svg' }],
    [['run.jsonl', '-oRUN.SVG'], { format: 'svg' }],
    [['run.jsonl', '--out=run.svg.html'], { out: 'run.svg.html', format: 'html' }],
    [['--svg', 'run.jsonl'], { out: undefined, format: 'svg' }],
    [['--svg', 'run.jsonl', '-o', '-'], { out: undefined, format: 'svg' }],
    [['--title', 'npm test', 'run.jsonl'], { title: 'npm test' }],
  ])('%j', (words, made) => {
    expect(timelineRequest(...words)).toMatchObject(made)
  })

  test.each([
    [['timeline'], 'FILE is missing: rivulet timeline run.jsonl -o run.html'],
    [['timeline', 'a', 'b'], "rivulet timeline takes one FILE; 'b' is one too many"],
    [['timeline', 'a', '--out', ''], "--out must be the path of a file, not ''"],
  ])('refuses %j', (words, why) => {
    expect(usageError(words)).toBe(why)
  })
})
