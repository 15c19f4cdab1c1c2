import { constants, createReadStream, statSync } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import type { RunInput } from 'rivulet/process'
import { openPipe } from '../open-pipe.ts'

/** What a program reads on stdin: a file from its beginning, our own stdin for `-`, nothing where it is undefined. */
export function openInput(path: string | undefined): RunInput | undefined {
  if (path === undefined) return undefined
  if (path === '-') return process.stdin
  // Opened only when it is read: until then nobody would hear of an error.
  return { [Symbol.asyncIterator]: () => opened(path) }
}

function opened(path: string): AsyncIterator<Uint8Array> {
  const isPipe = statSync(path, { throwIfNoEntry: false })?.isFIFO() === true
  return isPipe ? pipe(path) : createReadStream(path)[Symbol.asyncIterator]()
}

function pipe(path: string): AsyncIterator<Uint8Array> {
  const socket = openPipe(path)
  const chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
  return {
    next: () => chunks.next(),
    // That of the stream's own iterator would wait for the next chunk.
    return: () => {
      socket.destroy()
      return Promise.resolve({ done: true, value: undefined })
    },
  }
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
