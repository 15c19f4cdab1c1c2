import { constants, createReadStream, statSync } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import type { RunInput } from 'rivulet/process'
import { openPipe } from '../../open-pipe.ts'
import { systemError } from '../../text/system-error.ts'

/** What a program reads on stdin: a file from its beginning, our own stdin for `-`, nothing if it is undefined. */
export function openInput(path: string | undefined): RunInput | undefined {
  if (path === undefined) return undefined
  if (path === '-') return process.stdin
  // Opened only when it is read: until then nobody would hear of an error.
  return { [Symbol.asyncIterator]: () => openFile(path) }
}

function openFile(path: string): AsyncIterator<Uint8Array> {
  const isPipe = statSync(path, { throwIfNoEntry: false })?.isFIFO() === true
  return isPipe ? readPipe(path) : createReadStream(path)[Symbol.asyncIterator]()
}

function readPipe(path: string): AsyncIterator<Uint8Array> {
  const socket = openPipe(path)
  const chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
  return {
    next: () => chunks.next(),
    // The stream's own iterator would wait for the next chunk here.
    return: () => {
      socket.destroy()
      return Promise.resolve({ done: true, value: undefined })
    },
  }
}

/** Throws if it can be seen beforehand that the input cannot be read. */
export async function requireInput(path: string | undefined): Promise<void> {
  if (path === undefined || path === '-') return
  try {
    await access(path, constants.R_OK)
    if ((await stat(path)).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' })
  } catch (cause) {
    const { code, why } = systemError(cause)
    throw new Error(`Cannot read the input '${path}': ${why} (${code})`, { cause })
  }
}

/** Reads our own stdin no more, which would otherwise keep our process. */
export function closeInput(path: string | undefined): void {
  if (path === '-') process.stdin.destroy()
}
