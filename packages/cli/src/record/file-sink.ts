import { constants, fstatSync, ftruncateSync, writeSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import type { Sink } from './sink.ts'

/**
 * A file that lines are written to; what it held before stays until the first. Writes are synchronous: for events as they come, the
 * way to a thread and back takes ten times as long as the write itself.
 */
export class FileSink implements Sink {
  readonly #file: FileHandle
  /** The bytes of the whole lines. */
  #lengthBytes = 0

  private constructor(file: FileHandle) {
    this.#file = file
  }

  static async open(path: string): Promise<FileSink> {
    return new FileSink(await open(path, constants.O_WRONLY | constants.O_CREAT))
  }

  write(line: string): void {
    const bytes = Buffer.from(line)
    let writtenBytes = 0
    try {
      if (this.#lengthBytes === 0 && fstatSync(this.#file.fd).isFile()) ftruncateSync(this.#file.fd)
      while (writtenBytes < bytes.length) writtenBytes += writeSync(this.#file.fd, bytes, writtenBytes)
    } catch (error) {
      if (writtenBytes > 0) this.#removePart()
      throw error
    }
    this.#lengthBytes += bytes.length
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  /** Removes a part of a line that the disk had room for. */
  #removePart(): void {
    try {
      ftruncateSync(this.#file.fd, this.#lengthBytes)
    } catch {
      // A device has no length. A reader takes a torn last line for what it is.
    }
  }
}
