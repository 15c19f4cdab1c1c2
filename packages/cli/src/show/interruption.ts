import { isatty } from 'node:tty'
import { exitCodeOfSignal } from '../exit-code.ts'

const heard = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Hears the signals that are to end us. The first of a kind aborts, the second does what it does to any program. */
export class Interruption implements Disposable {
  readonly #controller = new AbortController()
  #killSignal: NodeJS.Signals | undefined

  constructor() {
    for (const name of heard) process.once(name, this.#interrupt)
  }

  /** Aborts when one came. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** What to exit with: 128 and the number of the signal; undefined where none came. */
  get exitCode(): number | undefined {
    return this.#killSignal === undefined ? undefined : exitCodeOfSignal(this.#killSignal)
  }

  /**
   * At a terminal, ends us by the very signal, where it was that of Ctrl-C: a shell that runs us in a loop ends that only
   * for a command that the signal has ended. Its `$?` is the same.
   */
  passOn(): void {
    this[Symbol.dispose]()
    if (this.#killSignal === 'SIGINT' && [0, 1, 2].some((fd) => isatty(fd))) process.kill(process.pid, 'SIGINT')
  }

  [Symbol.dispose](): void {
    for (const name of heard) process.off(name, this.#interrupt)
  }

  readonly #interrupt = (name: NodeJS.Signals): void => {
    this.#killSignal ??= name
    this.#controller.abort()
  }
}
