import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { buildSupervisor } from './build.ts'
import { membersOf, nameOf, until } from './processes.ts'

/** The command that is the relay, where it is not the supervisor that is shipped. */
export interface RelayStart {
  supervisor?: string[]
  options?: string[]
  env?: NodeJS.ProcessEnv
  /** Whether its reader takes what comes from the start. */
  isRead?: boolean
}

function argumentsOf(command: string[], { supervisor = [buildSupervisor()], options = [] }: RelayStart): string[] {
  return [...supervisor, '--pty-relay', ...options, '--', ...command]
}

/** Runs a program under a relay to its end. */
export function relayed(command: string[], start: RelayStart = {}) {
  const [file = '', ...args] = argumentsOf(command, start)
  const { status, signal, stdout, stderr } = spawnSync(file, args, { env: start.env, maxBuffer: 1 << 28 })
  return { code: status, signal, bytes: stdout, stdout: stdout.toString(), stderr: stderr.toString() }
}

/** A program that was started by a relay, and leads a group of its own. */
export class Relay {
  readonly process: ChildProcessByStdio<Writable, Readable, Readable>
  /** The program. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  /** Its stdout, which is the copier's. */
  readonly closed: Promise<unknown>
  stdout = ''
  stderr = ''
  readonly #waiting = new Set<() => void>()

  constructor(command: string[], start: RelayStart = {}) {
    const [file = '', ...args] = argumentsOf(command, start)
    this.process = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true, env: start.env })
    this.process.stdin.on('error', () => undefined)
    this.process.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text))
    if (start.isRead !== false) this.read()
    this.ended = this.#end()
    this.closed = new Promise((resolve) => this.process.stdout.once('close', resolve))
    onTestFinished(() => this.signal('SIGKILL'))
  }

  get pid(): number {
    return this.process.pid!
  }

  /** Takes what comes from now on. */
  read(): void {
    this.process.stdout.setEncoding('latin1').on('data', (text: string) => {
      this.stdout += text
      for (const resolve of this.#waiting) resolve()
      this.#waiting.clear()
    })
  }

  /** Resolves when this was printed. */
  async printed(text: string): Promise<void> {
    while (!this.stdout.includes(text)) await new Promise<void>((resolve) => this.#waiting.add(resolve))
  }

  /** Resolves to who copies what the program prints. */
  async copier(): Promise<number> {
    let found: number[] = []
    await until(() => (found = membersOf(this.pid).filter((pid) => nameOf(pid) === 'rivulet-copier')).length === 1)
    return found[0]!
  }

  /** Signals the whole group. */
  signal(killSignal: NodeJS.Signals): void {
    try {
      process.kill(-this.pid, killSignal)
    } catch {
      // Nobody of it is left.
    }
  }

  async #end(): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    const [code, signal] = (await once(this.process, 'exit')) as [number | null, NodeJS.Signals | null]
    return { code, signal }
  }
}
