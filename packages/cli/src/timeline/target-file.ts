import { constants, type Stats } from 'node:fs'
import { access, open, realpath, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { PipeSink } from '../record/pipe-sink.ts'
import { RecordError } from '../record/record-error.ts'
import { recordStats } from '../record/record-stats.ts'

/** The file that a timeline is written to. It stays as it is until everything is written. */
export class TargetFile {
  readonly #path: string
  readonly #stats: Stats | undefined

  private constructor(path: string, stats: Stats | undefined) {
    this.#path = path
    this.#stats = stats
  }

  /** Rejects where the file cannot be written, or is the record itself. */
  static async of(path: string, recordPath: string): Promise<TargetFile> {
    const [target, record] = await Promise.all([recordStats(path), recordStats(recordPath)])
    if (target !== undefined && target.dev === record?.dev && target.ino === record.ino) {
      throw new Error(`Cannot write to '${path}': it is the saved run itself; name another file after -o`)
    }
    try {
      if (target?.isDirectory() === true) throw Object.assign(new Error(), { code: 'EISDIR' })
      if (target !== undefined) await access(path, constants.W_OK)
      if (target?.isFile() !== false) await access(dirname(await realPathOf(path)), constants.W_OK)
    } catch (error) {
      throw RecordError.ofSaving(path, error)
    }
    return new TargetFile(path, target)
  }

  /** Writes everything, or leaves the file as it was: half a page would look like a whole one. Rejects when the signal aborts. */
  async write(pieces: Iterable<string>, signal: AbortSignal): Promise<void> {
    try {
      if (this.#stats?.isFIFO() === true) await toPipe(this.#path, pieces, signal)
      else if (this.#stats?.isFile() === false) await toFile(this.#path, pieces, signal)
      else await this.#replace(pieces, signal)
    } catch (error) {
      signal.throwIfAborted()
      throw RecordError.ofSaving(this.#path, error)
    }
  }

  async #replace(pieces: Iterable<string>, signal: AbortSignal): Promise<void> {
    const path = await realPathOf(this.#path)
    const unfinished = join(dirname(path), `.${basename(path).slice(0, longestKeptName)}.${process.pid}.tmp`)
    try {
      await toFile(unfinished, pieces, signal, this.#stats?.mode)
      await rename(unfinished, path)
    } catch (error) {
      await rm(unfinished, { force: true })
      throw error
    }
  }
}

/** How many characters of a name an unfinished file keeps, so that its own name is within 255 bytes. */
const longestKeptName = 50

async function toFile(path: string, pieces: Iterable<string>, signal: AbortSignal, mode?: number): Promise<void> {
  const file = await open(path, 'w')
  try {
    if (mode !== undefined) await file.chmod(mode)
    for (const piece of pieces) {
      signal.throwIfAborted()
      await file.writeFile(piece)
    }
  } finally {
    await file.close()
  }
}

/** Its reader may keep us waiting, even forever, so that an abort has to end the wait. */
async function toPipe(path: string, pieces: Iterable<string>, signal: AbortSignal): Promise<void> {
  const sink = new PipeSink(path)
  const close = (): void => void sink.close()
  signal.addEventListener('abort', close)
  try {
    for (const piece of pieces) {
      signal.throwIfAborted()
      await sink.write(piece)
    }
  } finally {
    signal.removeEventListener('abort', close)
    await sink.close()
  }
}

/** The path that links lead to; the path itself where nothing is there yet. */
async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch {
    // Whoever uses the path says why it cannot be used.
    return path
  }
}
