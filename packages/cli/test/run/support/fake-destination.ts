import type { OpenDestination } from '../../../src/screen/open-destination.ts'
import { Screen } from '../../../src/screen/screen.ts'

/** A destination that the test lets take what is written, or not. */
export class FakeDestination implements OpenDestination {
  isTerminal = true
  isFile = false
  /** Whether it takes all at once; else when it is told to. */
  isOpen = true
  error: NodeJS.ErrnoException | undefined
  readonly #written: string[]
  #finish: (() => void) | undefined

  /** It writes, with its name before it where there is one, to a list that several may share. */
  constructor(written: string[], name = '') {
    this.#written = written
    this.write = (chunk, done) => {
      const finish = (): void => {
        this.#finish = undefined
        if (this.error === undefined) this.#written.push(name + String(chunk))
        done(this.error)
      }
      if (this.isOpen) finish()
      else this.#finish = finish
    }
  }

  columns = (): number => 80

  readonly write: OpenDestination['write']

  get isWriting(): boolean {
    return this.#finish !== undefined
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
  return { screen: () => new Screen({ stdout, stderr, isShared }), stdout, stderr, written }
}
