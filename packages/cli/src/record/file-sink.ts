import { constants, fstatSync, ftruncateSync, writeSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import type { Sink } from './sink.ts'

/**
 * A file that lines are written to; what is in it stays until the first. Written at once and not by a thread: for events as
 * they come the way to a thread and back takes ten times as long as the writing.
 */
export class FileSink implements Sink {
  readonly #file: FileHandle
  /** The bytes of whole lines. */
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
      if (writtenBytes > 0) this.#cutBack()
      throw error
    }
    this.#lengthBytes += bytes.length
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  /** The disk had room for a part of the line: it is taken away again. */
  #cutBack(): void {
    try {
      ftruncateSync(this.#file.fd, this.#lengthBytes)
    } catch {
      // A device has no length. Who reads it takes a torn last line for what it is.
    }
  }
}
