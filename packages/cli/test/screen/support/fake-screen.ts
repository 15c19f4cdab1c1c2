import type { Destination } from '../../../src/screen/destination.ts'
import { Screen } from '../../../src/screen/screen.ts'

/** A destination that takes what is written when the test lets it. */
export class FakeDestination implements Destination {
  isTerminal = true
  isFile = false
  /** Whether it takes everything at once; otherwise when it is told to. */
  isOpen = true
  error: NodeJS.ErrnoException | undefined
  /** What is being written. */
  writing: string | undefined
  readonly #written: string[]
  #finish: (() => void) | undefined

  /** It writes, with its name before it where there is one, to a list that several may share. */
  constructor(written: string[], name = '') {
    this.#written = written
    this.write = (chunk, done) => {
      const text = name + String(chunk)
      const finish = (): void => {
        this.writing = undefined
        this.#finish = undefined
        if (this.error === undefined) this.#written.push(text)
        done(this.error)
      }
      if (this.isOpen) finish()
      else {
        this.writing = text
        this.#finish = finish
      }
    }
  }

  columns = (): number => 80

  readonly write: Destination['write']

  get isWriting(): boolean {
    return this.writing !== undefined
  }

  /** What is being written is written. */
  finish(): void {
    this.#finish?.()
  }

  fail(code: string): void {
    this.error = Object.assign(new Error(code), { code })
  }
}

/** A screen on two destinations that write to one list. */
export function fakeScreen({ isShared = true, names = ['', ''] } = {}) {
  const written: string[] = []
  const stdout = new FakeDestination(written, names[0])
  const stderr = new FakeDestination(written, names[1])
  const screen = (options?: { isGathering: boolean }): Screen => new Screen({ stdout, stderr, isShared }, options)
  return { screen, stdout, stderr, written }
}
