import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameCommands } from '../../../../src/commands/run/command-list/name-commands.ts'
import { UsageError } from '../../../../src/command-line/usage-error.ts'
import type { CommandRequest } from '../../../../src/commands/run/request.ts'
import { command } from '../../../support/defaults.ts'

function names(...commands: CommandRequest[]): (string | undefined)[] {
  return nameCommands(commands).map(({ name }) => name)
}

describe('nameCommands', () => {
  test('leaves one command as it is', () => {
    expect(names(command('make'))).toEqual([undefined])
    expect(names(command('make', { name: 'build' }))).toEqual(['build'])
  })

  test('names several by their programs where they have no name', () => {
    expect(names(command('/usr/bin/make'), command('npm', { name: 'web' }), command('./run.sh'))).toEqual([
      'make',
      'web',
      'run.sh',
    ])
    expect(names(command('C:\\tools\\x.exe'), command('a/'))).toEqual(['x.exe', 'a'])
  })

  test('numbers the same, around names that were given', () => {
    expect(names(command('npm'), command('npm'), command('npm', { name: 'npm-2' }), command('npm'))).toEqual([
      'npm',
      'npm-3',
      'npm-2',
      'npm-4',
    ])
    expect(names(command('npm'), command('x', { name: 'npm' }))).toEqual(['npm-2', 'npm'])
  })

  test('refuses a name that was given twice', () => {
    expect(() => names(command('a', { name: 'x' }), command('b', { name: 'x' }))).toThrow(
      new UsageError("two commands are named 'x': give each its own name"),
    )
  })

  test('gives each a name of its own, in one line, whatever the files', () => {
    const file = fc.oneof(
      fc.constantFrom('a', 'b', 'a-2', '/', './a', 'a\nb'),
      fc.string({ minLength: 1, unit: 'binary' }),
    )
    fc.assert(
      fc.property(fc.array(file, { minLength: 2, maxLength: 8 }), (files) => {
        const given = names(...files.map((one) => command(one)))
        expect(new Set(given).size).toBe(files.length)
        for (const name of given) expect(name).toMatch(/^[^\p{Cc}]+$/u)
      }),
    )
  })
})
