import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandEvent } from '../../../command-event.ts'
import { readRecord } from '../../../record/read-record.ts'
import { RecordWriter } from '../../../record/record-writer.ts'

/**
 * Events that are held in a file without a name, however many they are: nobody else sees it, and it is gone with our process,
 * however that ends.
 */
export class Spool implements AsyncDisposable {
  readonly #writer: RecordWriter
  readonly #file: FileHandle

  private constructor(writer: RecordWriter, file: FileHandle) {
    this.#writer = writer
    this.#file = file
  }

  static async open(): Promise<Spool> {
    const folder = await mkdtemp(join(tmpdir(), 'rivulet-'))
    try {
      const path = join(folder, 'held.jsonl')
      const writer = await RecordWriter.open(path)
      return new Spool(writer, await open(path, 'r'))
    } finally {
      await rm(folder, { recursive: true })
    }
  }

  write(event: CommandEvent): void | Promise<void> {
    return this.#writer.write(event)
  }

  /** All that is held, in its order. To be read once. */
  events(): AsyncIterable<CommandEvent> {
    return readRecord(`/dev/fd/${this.#file.fd}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writer.close()
    await this.#file.close()
  }
}
