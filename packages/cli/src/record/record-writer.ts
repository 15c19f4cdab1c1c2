import { stat } from 'node:fs/promises'
import { eventLine, type CommandEvent } from '../command-event.ts'
import { FileSink } from './file-sink.ts'
import { PipeSink } from './pipe-sink.ts'
import { RecordError } from './record-error.ts'
import type { Sink } from './sink.ts'

/**
 * Saves events, one JSON object a line. A file that exists is overwritten, with the first.
 *
 * What is written is in the hands of the system, and outlives our process however that ends; it is not forced to the disk,
 * so that it may not outlive the machine. An event holds all that one reading gave, so each is one write(2).
 */
export class RecordWriter implements AsyncDisposable {
  readonly #path: string
  readonly #sink: Sink
  /** The first failure. What follows it is refused with it too: the record would have a gap. */
  #failure: RecordError | undefined

  private constructor(path: string, sink: Sink) {
    this.#path = path
    this.#sink = sink
  }

  /** Rejects with a `RecordError` where it cannot be written to. */
  static async open(path: string): Promise<RecordWriter> {
    try {
      return new RecordWriter(path, (await isPipe(path)) ? new PipeSink(path) : await FileSink.open(path))
    } catch (error) {
      throw RecordError.ofSaving(path, error)
    }
  }

  /** Saved when it returns or settles; only then may the event be shown. Throws, or rejects with, a `RecordError`. */
  write(event: CommandEvent): void | Promise<void> {
    if (this.#failure !== undefined) throw this.#failure
    try {
      return this.#sink.write(eventLine(event))?.catch((error: unknown) => this.#fail(error))
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Rejects with a `RecordError` where only now it turns out that something was not written. */
  async close(): Promise<void> {
    try {
      await this.#sink.close()
    } catch (error) {
      this.#fail(error)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #fail(error: unknown): never {
    this.#failure ??= RecordError.ofSaving(this.#path, error)
    throw this.#failure
  }
}

async function isPipe(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFIFO()
  } catch {
    // It is not there yet, or opening it will say what is wrong.
    return false
  }
}
