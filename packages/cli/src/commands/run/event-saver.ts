import type { CommandEvent } from '../../command-event.ts'
import { recordStats } from '../../record/record-stats.ts'
import { RecordWriter } from '../../record/record-writer.ts'
import { errorText } from '../../text/error-text.ts'
import type { RunRequest } from './request.ts'

/** Saves events as they come, until that fails. */
export class EventSaver {
  readonly #writer: RecordWriter
  readonly #onFailure: (why: string) => void
  #hasFailed = false
  /** Whether we wait for the reader of the pipe that the events are saved to. */
  #isPending = false
  #hasDiscarded = false
  #stopWaiting: () => void = () => undefined

  private constructor(writer: RecordWriter, onFailure: (why: string) => void) {
    this.#writer = writer
    this.#onFailure = onFailure
  }

  /** Rejects if the file cannot be written. */
  static async open(path: string, onFailure: (why: string) => void): Promise<EventSaver> {
    return new EventSaver(await RecordWriter.open(path), onFailure)
  }

  /**
   * Gives, at once or later, whether the event is on disk: only then may it be shown. Never throws: a failure is reported once.
   */
  save(event: CommandEvent): boolean | Promise<boolean> {
    if (this.#hasFailed || (this.#hasDiscarded && this.#isPending)) return false
    try {
      const written = this.#writer.write(event)
      return written === undefined ? true : this.#wait(written)
    } catch (error) {
      this.#fail(error)
      return false
    }
  }

  /** Waits no more for the reader of a pipe: what it has not taken is dropped. */
  discard(): void {
    this.#hasDiscarded = true
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
    const discarded = new Promise<false>((resolve) => (this.#stopWaiting = () => resolve(false)))
    const settled = this.#settle(written)
    return this.#hasDiscarded ? false : Promise.race([settled, discarded])
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

type Paths = Pick<RunRequest, 'save' | 'input' | 'commandFile'>

/** Throws if the save would overwrite a file that is read, whatever name it has. */
export async function refuseOverwriting({ save, input, commandFile }: Paths): Promise<void> {
  if (save === undefined) return
  for (const [option, path] of [['--input', input] as const, ['--file', commandFile] as const]) {
    if (path !== undefined && (await isSameFile(save, path))) {
      throw new Error(`Cannot save to '${save}': ${option} reads it, and it would be overwritten; name another file`)
    }
  }
}

async function isSameFile(save: string, read: string): Promise<boolean> {
  // For a save, `-` is a file of that name.
  const [one, other] = [await recordStats(save === '-' ? './-' : save), await recordStats(read)]
  return one?.isFile() === true && one.dev === other?.dev && one.ino === other.ino
}
