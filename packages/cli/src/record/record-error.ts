import { getSystemErrorMap } from 'node:util'
import { oneLine } from '../text/visible.ts'

/** A saved run that cannot be written or read. */
export class RecordError extends Error {
  override readonly name = 'RecordError'
  readonly path: string
  /** The system's or Node's code, such as `'ENOSPC'`. */
  readonly code: string
  /** Whether the file could be read, but not what it holds. */
  readonly isDamaged: boolean

  private constructor(message: string, path: string, code: string, isDamaged: boolean, cause: unknown) {
    super(`${message} (${code})`, { cause })
    this.path = path
    this.code = code
    this.isDamaged = isDamaged
  }

  /** Of what went wrong while it was opened or written. */
  static ofSaving(path: string, cause: unknown): RecordError {
    const { code, why } = reason(cause, savingReasons)
    return new RecordError(`Cannot save to '${oneLine(path)}': ${why}`, path, code, false, cause)
  }

  /** Of what went wrong while it was opened or read. */
  static ofReading(path: string, cause: unknown): RecordError {
    const { code, why } = reason(cause, readingReasons)
    return new RecordError(`Cannot read '${oneLine(path)}': ${why}`, path, code, false, cause)
  }

  /** Of compressed data that cannot be read to its end. */
  static ofDamage(path: string, cause: unknown): RecordError {
    const { code, why } = reason(cause, readingReasons)
    return new RecordError(`Cannot read '${oneLine(path)}' to its end: ${why}`, path, code, true, cause)
  }

  /** Of a file that has become shorter than what was read of it. */
  static ofOverwriting(path: string): RecordError {
    const why = `Cannot follow '${oneLine(path)}' any more: it was overwritten, show it again`
    return new RecordError(why, path, 'ESTALE', true, undefined)
  }
}

/** What the codes that people meet mean for a file. */
const commonReasons: [code: string, why: string][] = [
  ['EACCES', 'permission denied'],
  ['EISDIR', 'it is a folder'],
  ['ENOENT', 'no such file or folder'],
]

const savingReasons = new Map([
  ...commonReasons,
  ['EDQUOT', 'the disk quota is used up; make room, or save elsewhere'],
  ['EFBIG', 'the file has reached the limit for the size of a file'],
  ['ENOSPC', 'the disk is full; make room, or save elsewhere'],
  ['ENXIO', 'nobody reads it'],
  ['EPIPE', 'its reader has left'],
  ['EROFS', 'the file system can only be read'],
])

const readingReasons = new Map([
  ...commonReasons,
  ['ENXIO', 'it is a socket, and no file or pipe'],
  ['TRAILING_BYTES', 'what follows its gzip data is none'],
  ['Z_BUF_ERROR', 'its gzip data is cut'],
  ['Z_DATA_ERROR', 'its gzip data is damaged'],
])

function reason(cause: unknown, reasons: ReadonlyMap<string, string>): { code: string; why: string } {
  if (!(cause instanceof Error)) return { code: 'unknown', why: String(cause) }
  const { code = cause.name, errno } = cause as NodeJS.ErrnoException
  const known = reasons.get(code) ?? (errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1])
  return { code, why: known ?? cause.message }
}
