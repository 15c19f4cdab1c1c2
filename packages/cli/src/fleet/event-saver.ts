import { RecordWriter } from '../record/record-writer.ts'
import type { ShownEvent } from '../shown-event.ts'

/** Saves events as they come, until that fails. */
export class EventSaver {
  readonly #writer: RecordWriter
  readonly #onFailure: (why: string) => void
  #hasFailed = false

  private constructor(writer: RecordWriter, onFailure: (why: string) => void) {
    this.#writer = writer
    this.#onFailure = onFailure
  }

  /** Rejects where the file cannot be written. */
  static async open(path: string, onFailure: (why: string) => void): Promise<EventSaver> {
    return new EventSaver(await RecordWriter.open(path), onFailure)
  }

  /** On disk when it returns, or settles: only then may the event be shown. Never throws: a failure is told once. */
  save(event: ShownEvent): void | Promise<void> {
    if (this.#hasFailed) return
    try {
      return this.#writer.write(event)?.catch((error: unknown) => this.#fail(error))
    } catch (error) {
      this.#fail(error)
    }
  }

  async close(): Promise<void> {
    try {
      await this.#writer.close()
    } catch (error) {
      this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    if (this.#hasFailed) return
    this.#hasFailed = true
    this.#onFailure(error instanceof Error ? error.message : String(error))
  }
}
