import { spawn, type ChildProcess } from 'node:child_process'
import { basename } from 'node:path'
import type { Writable } from 'node:stream'
// Deno's global one gives a number, which cannot be unreferenced.
import { setTimeout } from 'node:timers'
import { guardScript, markBytes } from './guard-script.ts'
import type { Guard } from './platform.ts'
import { systemClock } from './system-clock.ts'

/** Milliseconds from the start of one guard to that of the next: where none can live, not all time goes to starting them. */
const pauseMs = 1000

/** Bytes that may be left unread in the pipe to the guard, where each line takes up to a kilobyte of what the system holds. */
const unreadBytes = 1024

/** The two pipes to a guard. It waits for a line, or the end, of the one, and then reads the other. */
interface Pipes {
  calls: Writable
  log: Writable
}

/**
 * One small shell for all runs of this process, started with the first. It is in nobody's way: in a session of its own,
 * unreferenced, without our stdio or folder, and gone as soon as we are.
 */
export class ShellGuard implements Guard {
  /** The groups that are to be ended if we are, and whether their leaders were reaped. */
  readonly #groups = new Map<number, 'started' | 'reaped'>()
  #pipes: Pipes | undefined
  #unread = 0

  open(): Promise<Error> | undefined {
    if (this.#pipes !== undefined) return undefined
    let shell: ChildProcess
    try {
      shell = startShell()
    } catch (error) {
      // What is no usual refusal is thrown.
      return Promise.resolve(error as Error)
    }
    // Where too many files are open there are none, against their types.
    const [calls, , , log] = (shell.stdio as readonly (Writable | null)[] | undefined) ?? []
    if (shell.pid === undefined || !calls || !log) return new Promise((resolve) => shell.on('error', resolve))
    this.#pipes = { calls, log }
    this.#unread = 0
    this.#watch(shell)
    shell.unref()
    for (const pipe of [calls, log] as (Writable & { unref?: () => void })[]) {
      // A guard that was killed while it was told something: its `exit` is what is acted on.
      pipe.on('error', () => undefined)
      pipe.unref?.()
    }
    for (const [pid, state] of this.#groups) {
      this.#tell(`started ${String(pid)}`)
      if (state === 'reaped') this.#tell(`reaped ${String(pid)}`)
    }
    return undefined
  }

  starting(command: readonly string[]): void {
    // The time is told, for the guard reads it late.
    this.#tell(`starting ${commandMark(command)} ${String(systemClock.uptimeHundredths())}`)
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
      this.#pipes = undefined
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
    if (this.#pipes === undefined) return
    this.#pipes.log.write(`${line}\n`)
    this.#unread += line.length
    if (this.#unread < unreadBytes) return
    this.#unread = 0
    this.#pipes.log.write('now\n')
    this.#pipes.calls.write('\n')
  }
}

function startShell(): ChildProcess {
  return spawn('/bin/sh', ['-c', guardScript, 'rivulet-guard', String(process.pid)], {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
  })
}

/** The end of the command line as the system will show it, in hexadecimal; a script is shown by the path it was found at. */
function commandMark([file = '', ...args]: readonly string[]): string {
  const shown = Buffer.from(`${[basename(file), ...args].join('\0')}\0`)
  return shown.subarray(-markBytes).toString('hex')
}
