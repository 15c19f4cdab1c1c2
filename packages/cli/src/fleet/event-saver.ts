import { errorText } from '../error-text.ts'
import { RecordWriter } from '../record/record-writer.ts'
import type { ShownEvent } from '../shown-event.ts'

/** Saves events as they come, until that fails. */
export class EventSaver {
  readonly #writer: RecordWriter
  readonly #onFailure: (why: string) => void
  #hasFailed = false
  /** Whether whoever reads the pipe that it is saved to has let us wait since. */
  #isPending = false
  #isAbandoned = false
  #stopWaiting: () => void = () => undefined

  private constructor(writer: RecordWriter, onFailure: (why: string) => void) {
    this.#writer = writer
    this.#onFailure = onFailure
  }

  /** Rejects where the file cannot be written. */
  static async open(path: string, onFailure: (why: string) => void): Promise<EventSaver> {
    return new EventSaver(await RecordWriter.open(path), onFailure)
  }

  /**
   * Gives, at once or later, whether it is on disk: only then may the event be shown. Never throws: a failure is told once.
   */
  save(event: ShownEvent): boolean | Promise<boolean> {
    if (this.#hasFailed || (this.#isAbandoned && this.#isPending)) return false
    try {
      const written = this.#writer.write(event)
      return written === undefined ? true : this.#wait(written)
    } catch (error) {
      this.#fail(error)
      return false
    }
  }

  /** Nobody waits any more for whoever reads the pipe that it is saved to. */
  abandon(): void {
    this.#isAbandoned = true
    this.#stopWaiting()
  }

  async close(): Promise<void> {
    try {
      await this.#writer.close()
    } catch (error) {
      this.#fail(error)
    }
  }

  async #wait(written: Promise<void>): Promise<boolean> {
    this.#isPending = true
    const abandoned = new Promise<false>((resolve) => (this.#stopWaiting = () => resolve(false)))
    const settled = this.#settle(written)
    return this.#isAbandoned ? false : Promise.race([settled, abandoned])
  }

  async #settle(written: Promise<void>): Promise<boolean> {
    try {
      await written
      return true
    } catch (error) {
      this.#fail(error)
      return false
    } finally {
      this.#isPending = false
    }
  }

  #fail(error: unknown): void {
    if (this.#hasFailed) return
    this.#hasFailed = true
    this.#onFailure(errorText(error))
  }
}
