import { systemError } from '../text/system-error.ts'
import { oneLine } from '../text/visible.ts'

/** A saved run cannot be written or read. */
export class RecordError extends Error {
  override readonly name = 'RecordError'
  readonly path: string
  /** The system's or Node's code, such as `'ENOSPC'`. */
  readonly code: string
  /** Whether the file could be read, but not its content. */
  readonly isDamaged: boolean

  private constructor(message: string, path: string, code: string, isDamaged: boolean, cause: unknown) {
    super(`${message} (${code})`, { cause })
    this.path = path
    this.code = code
    this.isDamaged = isDamaged
  }

  /** For what went wrong when the file was opened or written. */
  static ofSaving(path: string, cause: unknown): RecordError {
    const { code, why } = systemError(cause, savingReasons)
    return new RecordError(`Cannot save to '${oneLine(path)}': ${why}`, path, code, false, cause)
  }

  /** For what went wrong when the file was opened or read. */
  static ofReading(path: string, cause: unknown): RecordError {
    const { code, why } = systemError(cause, readingReasons)
    return new RecordError(`Cannot read '${oneLine(path)}': ${why}`, path, code, false, cause)
  }

  /** For compressed data that cannot be read to its end. */
  static ofDamage(path: string, cause: unknown): RecordError {
    const { code, why } = systemError(cause, readingReasons)
    return new RecordError(`Cannot read '${oneLine(path)}' to its end: ${why}`, path, code, true, cause)
  }

  /** For a file that became shorter than what was read of it. */
  static ofOverwriting(path: string): RecordError {
    const why = `Cannot follow '${oneLine(path)}' any longer: it was overwritten; show it again`
    return new RecordError(why, path, 'ESTALE', true, undefined)
  }
}

/** What to do about the codes that people meet when they save, and what means something of its own there. */
const savingReasons = new Map([
  ['EDQUOT', 'the disk quota is used up; make room, or save elsewhere'],
  ['ENOSPC', 'the disk is full; make room, or save elsewhere'],
  ['ENXIO', 'nothing is reading it'],
])

const readingReasons = new Map([
  ['ENXIO', 'it is a socket, not a file or a pipe'],
  ['TRAILING_BYTES', 'something other than gzip follows its gzip data'],
  ['Z_BUF_ERROR', 'its gzip data is cut short'],
  ['Z_DATA_ERROR', 'its gzip data is damaged'],
])
