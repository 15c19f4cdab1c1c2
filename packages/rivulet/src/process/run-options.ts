import { abortSignal, milliseconds, oneOf, show, wholeNumber } from '../core/checks/options.ts'

/** The options of `run`. */
export interface RunOptions {
  /** The folder to run in; ours by default. */
  cwd?: string | URL | undefined
  /** Replaces the environment, and is passed exactly; by default the program gets ours as it is at the start. */
  env?: Readonly<Record<string, string | undefined>> | undefined
  /** What the program reads on stdin; by default stdin is empty. */
  input?: RunInput | undefined
  /** Stops the run; the reading then rejects with its reason. */
  signal?: AbortSignal | undefined
  /** Milliseconds after which the run is stopped; no limit by default. */
  timeoutMs?: number | undefined
  /** The most bytes that are delivered, of both streams together; one more stops the run. No limit by default. */
  maxOutputBytes?: number | undefined
  /** Milliseconds between SIGTERM and SIGKILL when the run is stopped; 5,000 by default. */
  killAfterMs?: number | undefined
  /** Milliseconds without a byte after which pipes that outlive the program are closed; 1,000 by default. */
  drainMs?: number | undefined
  /**
   * How items of the two streams are ordered. `'exact'` needs the supervisor; `'auto'` uses it if it is available. In exact
   * order a write waits until the one before it is read: a program that makes its stdout non-blocking and drops what it
   * cannot write, as Node does when it ends by `process.exit()`, may lose output that an ordinary pipe has room for.
   */
  order?: 'arrival' | 'exact' | 'auto' | undefined
  /** Whether processes that leave the group are ended too; needs the supervisor. */
  contain?: boolean | undefined
  /** Whether an end other than exit code 0 is thrown as `ExitError`; `true` by default. */
  check?: boolean | undefined
}

/** What a program can be given to read. */
export type RunInput = string | Uint8Array | AsyncIterable<string | Uint8Array>

/** Refuses an impossible command or option before anything is started. */
export function checkRun(file: unknown, args: unknown, options: RunOptions): void {
  if (typeof file !== 'string' || file === '') throw new TypeError('file must be the name or path of a program')
  if (!Array.isArray(args) || !args.every((arg) => typeof arg === 'string')) {
    throw new TypeError('args must be an array of strings; convert numbers to strings, and pass the options third')
  }
  const { input, maxOutputBytes, order, signal } = options
  for (const name of ['timeoutMs', 'killAfterMs', 'drainMs'] as const) {
    if (options[name] !== undefined) milliseconds(name, options[name])
  }
  if (maxOutputBytes !== undefined) wholeNumber('maxOutputBytes', maxOutputBytes, 0)
  if (order !== undefined) oneOf('order', order, ['arrival', 'exact', 'auto'])
  for (const name of ['check', 'contain'] as const) {
    const value: unknown = options[name]
    if (value !== undefined && typeof value !== 'boolean') {
      throw new TypeError(`${name} must be true or false, not ${show(value)}`)
    }
  }
  if (input !== undefined && !isInput(input)) {
    throw new TypeError(`input must be a string, a Uint8Array or an AsyncIterable of them, not ${show(input)}`)
  }
  abortSignal(signal)
}

function isInput(input: unknown): boolean {
  if (typeof input === 'string' || input instanceof Uint8Array) return true
  return typeof input === 'object' && input !== null && Symbol.asyncIterator in input
}
