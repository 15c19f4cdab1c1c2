import type { EndReason, RunStatus } from './status.ts'

/** A program could not be started. */
export class SpawnError extends Error {
  override readonly name = 'SpawnError'
  /** The file and its arguments. */
  readonly command: readonly string[]
  /** The system's or Node's code, such as `'ENOENT'`. */
  readonly code: string
  declare readonly cause: Error

  constructor(command: readonly string[], code: string, why: string, cause: Error) {
    super(`Cannot start '${command[0] ?? ''}': ${why} (${code})`, { cause })
    this.command = command
    this.code = code
  }
}

/** Lines of stderr that the message shows. */
const shownLines = 10

/** A program ended otherwise than with exit code 0. */
export class ExitError extends Error {
  override readonly name = 'ExitError'
  /** The file and its arguments. */
  readonly command: readonly string[]
  readonly code: number | null
  readonly signalCode: NodeJS.Signals | null
  readonly reason: EndReason
  /** The last 65,536 bytes of stderr, as text. */
  readonly stderr: string

  constructor(command: readonly string[], status: RunStatus, stderr: string, hasDumpedCore = false) {
    const { code, signalCode, reason, startedAt } = status
    const how =
      signalCode !== null
        ? `was ended by ${signalCode}${hasDumpedCore ? ', and dumped core' : ''}`
        : code !== null
          ? `exited with code ${String(code)}`
          : startedAt !== null
            ? 'was ended by a signal that has no name'
            : 'was not started'
    const inTime = startedAt === null ? ' within its timeoutMs' : ' after its timeoutMs'
    const why = reason === 'timeout' ? inTime : reason === 'limit' ? ' after its output limit' : ''
    const tail = stderr.trimEnd().split('\n').slice(-shownLines).join('\n')
    super(`'${command.join(' ')}' ${how}${why}${tail === '' ? '' : `\n${tail}`}`)
    this.command = command
    this.code = code
    this.signalCode = signalCode
    this.reason = reason
    this.stderr = stderr
  }
}
