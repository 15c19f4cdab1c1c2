import { getSystemErrorMap } from 'node:util'

/** What is said of the codes that people meet when they write to a file, and what to do. */
const reasons: Partial<Record<string, string>> = {
  ENOSPC: 'the disk is full; make room, or write elsewhere',
  EDQUOT: 'the disk quota is used up; make room, or write elsewhere',
  EFBIG: 'the file has reached the limit for the size of a file; write to another',
}

/** Our own stdout or stderr cannot be written to. */
export class OutputError extends Error {
  override readonly name = 'OutputError'
  /** The system's or Node's code, such as `'ENOSPC'`. */
  readonly code: string

  constructor(to: 'stdout' | 'stderr', cause: NodeJS.ErrnoException) {
    const { code = 'unknown', errno } = cause
    const known = reasons[code] ?? (errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1])
    super(`Cannot write to ${to}: ${known ?? cause.message} (${code})`, { cause })
    this.code = code
  }
}
