import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commandHelp, overview } from '../src/commands/help/help-text.ts'
import { specs } from '../src/commands/commands.ts'
import { version } from '../src/version.ts'
import { main } from './support/main.ts'

function rivulet(...words: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

/** The files of ours, and whether what starts programs, that a start with these words has loaded. */
function loaded(...words: string[]): { files: string[]; startsPrograms: boolean } {
  const tells = `process.on('exit', () => console.error(JSON.stringify([Object.keys(require.cache), process.moduleLoadList])))`
  const args = ['-e', `${tells}; require(${JSON.stringify(main)})`, '--', main, ...words]
  const { stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  const [paths, modules] = JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '') as [string[], string[]]
  return {
    files: paths.map((path) => basename(path)).sort(),
    startsPrograms: modules.includes('NativeModule child_process'),
  }
}

/** Runs a line of the shell, in which `rivulet` is the command. */
function shell(line: string): { status: number | null; stdout: string; stderr: string } {
  const script = `rivulet() { "${process.execPath}" "${main}" "$@"; }; ${line}`
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

describe('rivulet', () => {
  test.each([
    ['no command', [], 'a command is missing: rivulet run -- make, or rivulet --help'],
    ['an unknown command', ['walk'], "unknown command 'walk'; to run a program: rivulet run -- walk"],
    ['an unknown option', ['run', '--formt', 'raw', 'ls'], "unknown option '--formt'; did you mean '--format'?"],
    ['a wrong value', ['run', '--format', 'xml', 'ls'], "--format must be text, plain, jsonl or raw, not 'xml'"],
    ['a missing command file', ['run', '--file', '/no/such'], "cannot read --file '/no/such': no such file or folder"],
    ['show without a file', ['show'], expect.stringMatching(/^FILE is missing: rivulet show /) as string],
  ])('answers %s with one line on stderr and exit code 2', (_, words, why) => {
    const { status, stdout, stderr } = rivulet(...words)
    const [line, rest] = stderr.split('\n')
    expect({ status, stdout, rest }).toEqual({ status: 2, stdout: '', rest: '' })
    expect(line?.replace(/^rivulet: /, '')).toEqual(why)
  })

  test.each([
    ['--help', overview(specs)],
    ['help', overview(specs)],
    ['--version', `rivulet ${version}\n`],
    ...specs.map((command) => [`${command.name} --help`, commandHelp(command)]),
    ['help run', commandHelp(specs[0]!)],
  ])('prints for %s on stdout', (words, text) => {
    expect(rivulet(...words.split(' '))).toEqual({ status: 0, stdout: text, stderr: '' })
  })

  test.each(['bash', 'zsh', 'fish'])('prints a script that %s can read', (name) => {
    expect(shell(`rivulet completion ${name} | ${name} -n /dev/stdin`)).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(rivulet('completion', name).stdout.length).toBeGreaterThan(1000)
  })

  test('ends quietly when its reader has left', () => {
    expect(shell('rivulet completion zsh | true; echo ${PIPESTATUS[0]}')).toEqual({
      status: 0,
      stdout: '0\n',
      stderr: '',
    })
  })

  test.each([
    [['--version'], ['main.js']],
    [['run', '--formt'], ['main.js']],
    [
      ['help', 'run'],
      ['help-command.js', 'main.js'],
    ],
    [
      ['completion', 'bash'],
      ['completion-command.js', 'main.js'],
    ],
    [
      ['show', '/no/such/file'],
      ['main.js', 'show-command.js'],
    ],
    [
      ['timeline', '/no/such/file'],
      ['main.js', 'timeline-command.js'],
    ],
  ])('loads for %j no more than it needs', (words, files) => {
    expect(loaded(...words)).toEqual({ files, startsPrograms: false })
  })

  test('loads two files to run a program', () => {
    expect(loaded('run', '--', 'true')).toEqual({ files: ['main.js', 'run-command.js'], startsPrograms: true })
  })

  test.runIf(existsSync('/dev/full'))('tells that what it prints could not be written', () => {
    const { status, stderr } = shell('rivulet --help > /dev/full')
    expect(status).toBe(125)
    expect(stderr).toMatch(/^rivulet: Cannot write to stdout: .*\(ENOSPC\)\n$/)
  })
})
