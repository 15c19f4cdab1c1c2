import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bashCompletion } from '../../../src/commands/completion/bash-completion.ts'
import { fishCompletion } from '../../../src/commands/completion/fish-completion.ts'
import { zshCompletion } from '../../../src/commands/completion/zsh-completion.ts'
import { flagsOf } from '../../../src/command-line/flags.ts'
import { optionsOf } from '../../../src/command-line/command-spec.ts'
import { specs } from '../../../src/commands/commands.ts'
import { CompletingShell } from './support/shells.ts'

/** A program of the test, `zzprogram`, that each shell knows the words of. */
const shells = [
  { shell: 'bash', script: bashCompletion(specs), own: '_command_offset() { COMPREPLY=("word-$1"); }' },
  { shell: 'zsh', script: zshCompletion(specs), own: 'compdef "compadd word-a word-b" zzprogram' },
  { shell: 'fish', script: fishCompletion(specs), own: 'complete -c zzprogram -x -a "word-a word-b"' },
] as const

const cases: Record<string, string[]> = {
  'rivulet s': ['show'],
  'rivulet co': ['completion'],
  'rivulet --v': ['--version'],
  'rivulet run --form': ['--format'],
  'rivulet run --format ': ['jsonl', 'plain', 'raw', 'text'],
  'rivulet run --format=p': ['plain'],
  'rivulet run --format=': ['jsonl', 'plain', 'raw', 'text'],
  'rivulet run --format text --col': ['--color'],
  'rivulet run --format=text --col': ['--color'],
  'rivulet run --env A=1 --col': ['--color'],
  'rivulet run --env A=b=1 zzpro': ['zzprogram'],
  'rivulet run --env A=a-': [],
  'rivulet run --prefix a:b --col': ['--color'],
  'rivulet run --cwd ': ['folder'],
  'rivulet run --save a-': ['a-file.txt'],
  'rivulet run --jobs ': [],
  'rivulet run --no': ['--no-contain', '--no-group', '--no-status'],
  'rivulet run zzpro': ['zzprogram'],
  'rivulet run --contain zzpro': ['zzprogram'],
  'rivulet run -n api --cwd folder -- zzpro': ['zzprogram'],
  'rivulet run cat a-': ['a-file.txt'],
  'rivulet run --contain -- cat a-': ['a-file.txt'],
  'rivulet run cat --form': [],
  'rivulet run cat ::: --c': ['--cwd'],
  'rivulet run -- cat ::: --c': ['--cwd'],
  'rivulet run -- cat ::: --cwd ': ['folder'],
  'rivulet run cat ::: --form': [],
  'rivulet run -n a cat ::: -n b zzpro': ['zzprogram'],
  'rivulet run cat ::: -n b -- cat a-': ['a-file.txt'],
  'rivulet show --only ': ['stderr', 'stdout'],
  'rivulet show a-': ['a-file.txt'],
  'rivulet show a-file.txt --fo': ['--follow', '--format'],
  'rivulet timeline -o a-': ['a-file.txt'],
  'rivulet completion ': ['bash', 'fish', 'zsh'],
  'rivulet help t': ['timeline'],
}

describe.each(shells)('$shell', ({ shell, script, own }) => {
  let completing: CompletingShell
  let offered: string[][]

  beforeAll(() => {
    completing = new CompletingShell(shell, script)
    offered = completing.complete(Object.keys(cases))
  }, 60_000)

  afterAll(() => completing[Symbol.dispose]())

  test.each(Object.keys(cases).map((line, at) => ({ line, at })))("completes '$line'", ({ line, at }) => {
    expect(offered[at]).toEqual(cases[line])
  })

  test('offers every option of every command', () => {
    const all = completing.complete(specs.map(({ name }) => `rivulet ${name} --`))
    for (const [at, command] of specs.entries()) {
      const flags = [...flagsOf(optionsOf(command)).keys()].filter((flag) => flag.startsWith('--'))
      expect(all[at]).toEqual(expect.arrayContaining(flags))
    }
  }, 60_000)

  test('leaves the words of a program to its own completion', () => {
    using knowing = new CompletingShell(shell, script, own)
    const lines = ['rivulet run zzprogram w', 'rivulet run --contain -- zzprogram w', 'rivulet run a ::: zzprogram w']
    // To bash only where its words begin can be told.
    const words = shell === 'bash' ? [['word-2'], ['word-4'], ['word-4']] : lines.map(() => ['word-a', 'word-b'])
    expect(knowing.complete(lines)).toEqual(words)
  }, 60_000)
})

describe('the script for', () => {
  test.each(shells)('$shell has no word that the shell cannot read back', ({ script }) => {
    expect(script).not.toContain('undefined')
    expect(script).toMatch(/^#/)
  })
})
