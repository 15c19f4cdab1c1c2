import { constants } from 'node:fs'
import { access, open, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { RecordError } from '../record/record-error.ts'

/** The file that a timeline is written to. It is left as it is until there is something to write. */
export class TargetFile {
  readonly #path: string

  private constructor(path: string) {
    this.#path = path
  }

  /** Rejects where it cannot be written, or is the record itself. */
  static async of(path: string, recordPath: string): Promise<TargetFile> {
    const [target, record] = await Promise.all([statOf(path), statOf(recordPath)])
    if (target !== undefined && target.dev === record?.dev && target.ino === record.ino) {
      throw new Error(`Cannot write to '${path}': it is the saved run itself; name another file after -o`)
    }
    try {
      if (target?.isDirectory() === true) throw Object.assign(new Error(), { code: 'EISDIR' })
      await access(target === undefined ? dirname(path) : path, constants.W_OK)
    } catch (error) {
      throw RecordError.ofSaving(path, error)
    }
    return new TargetFile(path)
  }

  /** Writes all, or leaves no file. */
  async write(pieces: Iterable<string>): Promise<void> {
    try {
      const file = await open(this.#path, 'w')
      try {
        for (const piece of pieces) await file.writeFile(piece)
      } catch (error) {
        // A page that is cut looks as if it were whole.
        if ((await file.stat()).isFile()) await unlink(this.#path)
        throw error
      } finally {
        await file.close()
      }
    } catch (error) {
      throw RecordError.ofSaving(this.#path, error)
    }
  }
}

/** What the system says of it; `undefined` where it is not there, or not to be seen. */
async function statOf(path: string): Promise<Awaited<ReturnType<typeof stat>> | undefined> {
  try {
    return await stat(path)
  } catch {
    // Why it cannot be used is told by whoever uses it.
    return undefined
  }
}
