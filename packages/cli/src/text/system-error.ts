import { getSystemErrorMap } from 'node:util'

/** The codes that people meet with files, in words. */
const commonReasons = new Map([
  ['EACCES', 'permission denied'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EFBIG', 'the file has reached the file size limit'],
  ['EISDIR', 'it is a folder'],
  ['ENOENT', 'no such file or folder'],
  ['ENOSPC', 'the disk is full'],
  ['EPIPE', 'its reader has closed it'],
  ['EROFS', 'the file system is read-only'],
])

/** Why the system refused something. */
interface SystemError {
  /** The system's or Node's code, such as `'ENOSPC'`. */
  code: string
  /** The reason in words, without the code. */
  why: string
}

/** Says in words why the system refused something: those of `reasons` come first, then ours, then the system's own. */
export function systemError(cause: unknown, reasons: ReadonlyMap<string, string> = new Map()): SystemError {
  if (!(cause instanceof Error)) return { code: 'unknown', why: String(cause) }
  const { code = cause.name, errno } = cause as NodeJS.ErrnoException
  const words = reasons.get(code) ?? commonReasons.get(code)
  return {
    code,
    why: words ?? (errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1]) ?? cause.message,
  }
}
