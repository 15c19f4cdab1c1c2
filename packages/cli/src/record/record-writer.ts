import { stat } from 'node:fs/promises'
import { eventLine, type CommandEvent } from '../command-event.ts'
import { FileSink } from './file-sink.ts'
import { PipeSink } from './pipe-sink.ts'
import { RecordError } from './record-error.ts'
import type { Sink } from './sink.ts'

/**
 * Saves events as JSON Lines. A file that exists is overwritten when the first event is written.
 *
 * A written event survives our process, however that ends, but perhaps not the machine: it is handed to the system and not forced to
 * the disk. Each event is one write(2).
 */
export class RecordWriter implements AsyncDisposable {
  readonly #path: string
  readonly #sink: Sink
  /** The first failure. Later events are refused with it too, since the record would have a gap. */
  #failure: RecordError | undefined

  private constructor(path: string, sink: Sink) {
    this.#path = path
    this.#sink = sink
  }

  /** Rejects with a `RecordError` where the file cannot be written. */
  static async open(path: string): Promise<RecordWriter> {
    try {
      return new RecordWriter(path, (await isPipe(path)) ? new PipeSink(path) : await FileSink.open(path))
    } catch (error) {
      throw RecordError.ofSaving(path, error)
    }
  }

  /** The event is saved when this returns or settles; only then may it be shown. Throws or rejects with a `RecordError`. */
  write(event: CommandEvent): void | Promise<void> {
    if (this.#failure !== undefined) throw this.#failure
    try {
      return this.#sink.write(eventLine(event))?.catch((error: unknown) => this.#fail(error))
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Rejects with a `RecordError` where it turns out only now that something was not written. */
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
    // The file does not exist yet, or opening it will say what is wrong.
    return false
  }
}
