import type { RunRequest } from '../request.ts'

/** Milliseconds before a command that failed is started again for the first time; each further time it is twice as long. */
const firstPauseMs = 250
const longestPauseMs = 30_000

/** What decides the course of several commands. */
export interface FleetRules extends Pick<RunRequest, 'jobs' | 'restarts' | 'onFailure' | 'success'> {
  /** Of the commands, in order. */
  names: readonly (string | undefined)[]
}

/**
 * The course of several commands, without any process or timer: which of them starts next, what an end does to the others,
 * and whose exit code counts. Commands are known by their number, from 0.
 */
export class FleetPlan {
  readonly #rules: FleetRules
  readonly #restarts: number[]
  #next = 0
  #running = 0
  #isClosed = false
  #isIncomplete = false
  #decided: number | undefined

  constructor(rules: FleetRules) {
    this.#rules = rules
    this.#restarts = rules.names.map(() => 0)
  }

  /** Whether nothing is started any more, and what runs is to end. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Whether all is over. */
  get isDone(): boolean {
    return this.#running === 0 && !this.#hasNext
  }

  /** How often a command may be started again. */
  get restarts(): number {
    return this.#rules.restarts
  }

  /** How many run, those that wait to be started again among them. */
  get running(): number {
    return this.#running
  }

  /** The exit code that counts; undefined where commands were left out, and none has decided. */
  get exitCode(): number | undefined {
    return this.#decided ?? (this.#isIncomplete || this.#next < this.#rules.names.length ? undefined : 0)
  }

  /** The commands that are to be started now, in order. */
  takeDue(): number[] {
    const due: number[] = []
    for (; this.#hasNext && this.#running < this.#rules.jobs; this.#running++) due.push(this.#next++)
    return due
  }

  /** Milliseconds after which a command that ended so is started again; undefined where it is not. */
  takeRestart(command: number, code: number): number | undefined {
    const restarts = this.#restarts[command] ?? 0
    if (code === 0 || this.#isClosed || restarts >= this.#rules.restarts) return undefined
    this.#restarts[command] = restarts + 1
    return Math.min(longestPauseMs, firstPauseMs * 2 ** restarts)
  }

  /** How often a command was started again. */
  restartsOf(command: number): number {
    return this.#restarts[command] ?? 0
  }

  /** A command is over, with this exit code; undefined where it was not run. */
  over(command: number, code: number | undefined): void {
    this.#running--
    if (code === undefined) this.#isIncomplete = true
    if (code === undefined || this.#decided !== undefined || !this.#decides(command, code)) return
    this.#decided = code
    const { success, onFailure } = this.#rules
    if (success.kind !== 'all' || onFailure === 'fail-fast') this.#isClosed = true
  }

  /** Nothing is started any more. */
  close(): void {
    this.#isClosed = true
  }

  get #hasNext(): boolean {
    return !this.#isClosed && this.#next < this.#rules.names.length
  }

  #decides(command: number, code: number): boolean {
    const { success, names } = this.#rules
    if (success.kind === 'all') return code !== 0
    return success.kind === 'first' || success.name === names[command]
  }
}
