import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The shells that complete, and how each is started with a script and lines. */
const shells = {
  bash: ['bash', '--norc', '--noprofile', 'complete-in-bash.bash'],
  zsh: ['zsh', '-f', 'complete-in-zsh.zsh'],
  fish: ['fish', 'complete-in-fish.fish'],
} as const

/** A folder with a file, a folder, and a program on the `PATH`; and real shells in it that complete lines. */
export class CompletingShell implements Disposable {
  readonly #shell: keyof typeof shells
  readonly #folder: string
  readonly #script: string

  /** `more` is added to the completion script. */
  constructor(shell: keyof typeof shells, script: string, more = '') {
    this.#shell = shell
    const home = mkdtempSync(join(tmpdir(), 'rivulet-completion-'))
    this.#folder = home
    for (const folder of ['bin', 'here', 'here/folder']) mkdirSync(join(home, folder))
    writeFileSync(join(home, 'here/a-file.txt'), '')
    writeFileSync(join(home, 'bin/zzprogram'), '#!/bin/sh\n')
    chmodSync(join(home, 'bin/zzprogram'), 0o755)
    this.#script = join(home, 'script')
    writeFileSync(this.#script, `${script}\n${more}\n`)
  }

  /** What is offered at the end of each line, sorted, each once. */
  complete(lines: readonly string[]): string[][] {
    const [file, ...args] = shells[this.#shell]
    const harness = args.map((arg) =>
      arg.startsWith('complete-in-') ? fileURLToPath(new URL(arg, import.meta.url)) : arg,
    )
    const shown = execFileSync(file, [...harness, this.#script, ...lines], {
      cwd: join(this.#folder, 'here'),
      env: { ...process.env, HOME: this.#folder, PATH: `${join(this.#folder, 'bin')}:${process.env.PATH ?? ''}` },
      encoding: 'utf8',
    })
    return shown
      .split('.\n')
      .slice(0, -1)
      .map((part) => [...new Set(part.split('\n').slice(0, -1).map(plain))].sort())
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** Some shells have the slash of a folder, or what stands before the value. */
function plain(candidate: string): string {
  return candidate.replace(/^--\w+=/, '').replace(/\/$/, '')
}
