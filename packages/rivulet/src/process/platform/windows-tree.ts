import { spawn } from 'node:child_process'
import { win32 } from 'node:path'
import type { ProcessTree } from './platform.ts'

/** A program and whoever has it for a parent or ancestor, ended by `taskkill`, which knows no gentler way for all of them. */
export class WindowsTree implements ProcessTree {
  readonly #pid: number
  readonly #startTaskkill: (pid: number) => Promise<void>
  #isLeaderReaped = false
  #ending: Promise<void> | undefined

  constructor(pid: number, startTaskkill: (pid: number) => Promise<void> = taskkill) {
    this.#pid = pid
    this.#startTaskkill = startTaskkill
  }

  leaderReaped(): void {
    this.#isLeaderReaped = true
  }

  isEmpty(): boolean {
    return this.#isLeaderReaped
  }

  isAlive(): boolean {
    return !this.#isLeaderReaped
  }

  signal(killSignal: NodeJS.Signals): boolean {
    if (!this.isAlive()) return false
    // It has no signals: what would end a program ends all of it, the others have no meaning.
    if (!['SIGTERM', 'SIGKILL', 'SIGINT', 'SIGQUIT', 'SIGHUP'].includes(killSignal)) return true
    this.#ending ??= this.#startTaskkill(this.#pid).finally(() => (this.#ending = undefined))
    return true
  }

  helpersEnded(): Promise<void> {
    return this.#ending ?? Promise.resolve()
  }
}

/** Never rejects: whether it did its work is seen by the program's end, and where it cannot start it is tried again. */
function taskkill(pid: number): Promise<void> {
  const file = win32.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'taskkill.exe')
  const child = spawn(file, ['/PID', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true })
  return new Promise((resolve) => {
    child.on('error', () => resolve())
    child.on('exit', () => resolve())
  })
}
