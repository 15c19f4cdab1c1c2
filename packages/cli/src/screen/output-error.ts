import { systemError } from '../text/system-error.ts'

/** What to do about the codes that people meet when they write to a file. */
const reasons = new Map([
  ['ENOSPC', 'the disk is full; make room, or write elsewhere'],
  ['EDQUOT', 'the disk quota is used up; make room, or write elsewhere'],
  ['EFBIG', 'the file has reached the file size limit; write to another'],
])

/** Our own stdout or stderr cannot be written to. */
export class OutputError extends Error {
  override readonly name = 'OutputError'
  /** The system's or Node's code, such as `'ENOSPC'`. */
  readonly code: string

  constructor(to: 'stdout' | 'stderr', cause: NodeJS.ErrnoException) {
    const { code, why } = systemError(cause, reasons)
    super(`Cannot write to ${to}: ${why} (${code})`, { cause })
    this.code = code
  }
}
