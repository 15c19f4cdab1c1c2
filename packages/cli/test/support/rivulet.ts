import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Readable, Writable } from 'node:stream'
import { afterAll, onTestFinished } from 'vitest'
import { main } from './main.ts'

/** A folder of the test file's own, which goes when its tests are over. */
export const folder: string = mkdtempSync(join(tmpdir(), 'rivulet-run-'))
afterAll(() => rmSync(folder, { recursive: true }))

const tools = mkdtempSync(join(folder, 'tools-'))
writeFileSync(join(tools, 'rivulet'), `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`, { mode: 0o755 })

/** An environment in which `rivulet` is found under its name, as it is built. */
export const withRivulet: NodeJS.ProcessEnv = { ...process.env, PATH: `${tools}:${process.env.PATH ?? ''}` }

/** A path in the folder. */
export function inFolder(name: string): string {
  return join(folder, name)
}

/** A shell script in the folder; gives the words that run it. */
export function script(name: string, text: string): string {
  const path = inFolder(`${name}.sh`)
  writeFileSync(path, text)
  return `sh ${path}`
}

/** Resolves when another signal is no longer taken for the one before. */
export function untilSecondSignal(): Promise<unknown> {
  return setTimeout(150)
}

/** How a command ended, and what it wrote. */
export interface Ended {
  status: number | null
  stdout: string
  stderr: string
}

/** Seconds after which a line that hangs is ended, and its test fails; nothing takes a tenth of that. */
const hangs = '60'

/** Runs a line of bash, in which `rivulet` is the command, to its end, with `pipefail` and an stdin that is empty. */
export function bash(line: string, env: NodeJS.ProcessEnv = {}): Ended {
  const { status, stdout, stderr } = spawnSync('timeout', ['-k', '5', hangs, 'bash', '-o', 'pipefail', '-c', line], {
    encoding: 'utf8',
    env: { ...withRivulet, ...env },
    maxBuffer: 1 << 28,
  })
  return { status, stdout, stderr }
}

/** A `rivulet` that runs, with these words of bash, and whose output is in two pipes. */
export class Rivulet {
  readonly process: ChildProcessByStdio<Writable, Readable, Readable>
  stdout = ''
  stderr = ''
  readonly ended: Promise<Ended>
  readonly #waiting = new Set<() => void>()

  constructor(words: string, env: NodeJS.ProcessEnv = {}) {
    this.process = spawn('bash', ['-c', `exec rivulet ${words}`], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...withRivulet, ...env },
    })
    for (const name of ['stdout', 'stderr'] as const) {
      this.process[name].setEncoding('utf8').on('data', (text: string) => {
        this[name] += text
        for (const resolve of this.#waiting) resolve()
        this.#waiting.clear()
      })
    }
    this.ended = this.#end()
    onTestFinished(() => void this.process.kill('SIGKILL'))
  }

  /** Resolves when this stands in its output. It is for the test's own timeout to give up. */
  async shows(text: string): Promise<void> {
    while (!this.stdout.includes(text) && !this.stderr.includes(text)) {
      await new Promise<void>((resolve) => this.#waiting.add(resolve))
    }
  }

  async #end(): Promise<Ended> {
    const [status] = (await once(this.process, 'close')) as [number | null]
    return { status, stdout: this.stdout, stderr: this.stderr }
  }
}
