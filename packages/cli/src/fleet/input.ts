import { createReadStream } from 'node:fs'
import { access, constants, stat } from 'node:fs/promises'
import type { RunInput } from 'rivulet/process'

/** What a program reads on stdin: a file from its beginning, our own stdin for `-`, nothing where it is undefined. */
export function openInput(path: string | undefined): RunInput | undefined {
  if (path === undefined) return undefined
  if (path === '-') return process.stdin
  // Opened only when it is read: until then nobody would hear of an error.
  return { [Symbol.asyncIterator]: () => createReadStream(path)[Symbol.asyncIterator]() }
}

/** Throws where it can be seen beforehand that it cannot be read. */
export async function requireInput(path: string | undefined): Promise<void> {
  if (path === undefined || path === '-') return
  const refuse = (why: string, options?: ErrorOptions): never => {
    throw new Error(`Cannot read the input '${path}': ${why}`, options)
  }
  try {
    await access(path, constants.R_OK)
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException
    const why =
      code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'permission denied' : 'it is not there'
    refuse(`${why} (${code})`, { cause })
  }
  if ((await stat(path)).isDirectory()) refuse('it is a folder (EISDIR)')
}

/** Our own stdin is read no more, which would else keep our process. */
export function closeInput(path: string | undefined): void {
  if (path === '-') process.stdin.destroy()
}
