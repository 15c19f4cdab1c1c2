import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
// Deno's global one gives a number, which cannot be unreferenced.
import { setTimeout } from 'node:timers'
import { guardScript, markBytes } from './guard-script.ts'
import type { Guard } from './platform.ts'

/** Milliseconds from the start of one guard to that of the next: where none can live, not all time goes to starting them. */
const pauseMs = 1000

/**
 * One small shell for all runs of this process, started with the first. It is in nobody's way: in a session of its own,
 * unreferenced, without our stdio or folder, and gone as soon as we are.
 */
export class ShellGuard implements Guard {
  /** The groups that are to be ended if we are, and whether their leaders were reaped. */
  readonly #groups = new Map<number, 'started' | 'reaped'>()
  #shell: ChildProcess | undefined

  open(): Promise<Error> | undefined {
    if (this.#shell !== undefined) return undefined
    let shell: ChildProcess
    try {
      shell = startShell()
    } catch (error) {
      // What is no usual refusal is thrown.
      return Promise.resolve(error as Error)
    }
    // Where too many files are open there is none, against its type.
    const pipe = shell.stdin as ChildProcess['stdin'] | undefined
    if (shell.pid === undefined || !pipe) return new Promise((resolve) => shell.on('error', resolve))
    this.#shell = shell
    this.#watch(shell)
    // A guard that was killed while it was told something: its `exit` is what is acted on.
    pipe.on('error', () => undefined)
    shell.unref()
    ;(pipe as unknown as { unref?: () => void }).unref?.()
    for (const [pid, state] of this.#groups) {
      this.#tell(`started ${String(pid)}`)
      if (state === 'reaped') this.#tell(`reaped ${String(pid)}`)
    }
    return undefined
  }

  starting(command: readonly string[]): void {
    // The time is told, for the guard may come late to read it.
    this.#tell(`starting ${commandMark(command)} ${uptimeHundredths()}`)
  }

  started(pid: number): void {
    this.#groups.set(pid, 'started')
    this.#tell(`started ${String(pid)}`)
  }

  notStarted(): void {
    this.#tell('failed')
  }

  reaped(pid: number): void {
    this.#groups.set(pid, 'reaped')
    this.#tell(`reaped ${String(pid)}`)
  }

  over(pid: number): void {
    if (this.#groups.delete(pid)) this.#tell(`over ${String(pid)}`)
  }

  #watch(shell: ChildProcess): void {
    const sinceMs = performance.now()
    shell.on('error', () => undefined)
    shell.on('exit', () => {
      this.#shell = undefined
      // Somebody killed it while there may be groups to be guarded.
      this.#openLater(Math.max(0, sinceMs + pauseMs - performance.now()))
    })
  }

  #openLater(waitMs: number): void {
    const open = (): void => {
      if (this.#groups.size > 0) void this.open()?.then(() => this.#openLater(pauseMs))
    }
    setTimeout(open, waitMs).unref()
  }

  #tell(line: string): void {
    this.#shell?.stdin?.write(`${line}\n`)
  }
}

function startShell(): ChildProcess {
  return spawn('/bin/sh', ['-c', guardScript, 'rivulet-guard', String(process.pid)], {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
}

/** The end of the command line as the system will show it, in hexadecimal; a script is shown by the path it was found at. */
function commandMark([file = '', ...args]: readonly string[]): string {
  const shown = Buffer.from(`${[basename(file), ...args].join('\0')}\0`)
  return shown.subarray(-markBytes).toString('hex')
}

/** As `/proc` has it: `os.uptime()` is rounded up to whole seconds by Deno and Bun. Without a `/proc` nobody looks. */
function uptimeHundredths(): string {
  try {
    return readFileSync('/proc/uptime', 'latin1').split(' ')[0]?.replace('.', '') ?? '0'
  } catch {
    return '0'
  }
}
