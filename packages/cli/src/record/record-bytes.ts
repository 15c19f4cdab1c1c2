import { fstatSync } from 'node:fs'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { addAbortSignal, type Readable } from 'node:stream'
import { Growth } from './growth.ts'
import { RecordError } from './record-error.ts'

/** The bytes of one reading. */
const chunkBytes = 65_536

/** Milliseconds between two looks at a file that is followed. */
const pollMs = 1_000

/** Whether to wait for more at the end of the file, and how long: until all that was begun is complete. */
export interface Following {
  readonly isComplete: boolean
}

/**
 * The bytes of a file, of a pipe, or of our own stdin (`-`), as a source that can be told to stop. A chunk is valid until
 * the next is asked for.
 *
 * A file that is followed ends when it is complete and nothing has come for `pollMs`: between two commands that run one
 * after the other it is complete too, for a moment. A file that is moved away is followed further, one that is put in its
 * place is not; what becomes shorter was overwritten, and is an error.
 */
export async function* recordBytes(
  path: string,
  following: Following | undefined,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    if (path === '-') yield* streamed(ownInput(), signal)
    else if ((await stat(path)).isFIFO()) yield* streamed(await pipe(path), signal)
    else yield* ofFile(path, following, signal)
  } catch (error) {
    throw error instanceof RecordError || signal.aborted ? error : RecordError.ofReading(path, error)
  }
}

async function* streamed(stream: Readable, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  addAbortSignal(signal, stream)
  for await (const chunk of stream) yield chunk as Uint8Array
}

function ownInput(): Readable {
  // Of a folder Node makes an input in which there is nothing.
  if (fstatSync(0).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' })
  return process.stdin
}

async function pipe(path: string): Promise<Readable> {
  const { openPipe } = await import('../open-pipe.ts')
  return openPipe(path)
}

async function* ofFile(
  path: string,
  following: Following | undefined,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const file = await open(path)
  try {
    // A device has no length, and what it gives does not become more.
    if (following === undefined || !(await file.stat()).isFile()) yield* toEnd(file, Buffer.allocUnsafe(chunkBytes))
    else yield* followed(path, file, following, signal)
  } finally {
    await file.close()
  }
}

async function* toEnd(file: FileHandle, buffer: Buffer): AsyncGenerator<Uint8Array> {
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, null)
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}

async function* followed(
  path: string,
  file: FileHandle,
  following: Following,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(chunkBytes)
  using growth = new Growth(path, pollMs)
  let lengthBytes = 0
  let isQuiet = false
  for (;;) {
    const lastLengthBytes = lengthBytes
    for await (const chunk of toEnd(file, buffer)) {
      lengthBytes += chunk.length
      yield chunk
    }
    if ((await file.stat()).size < lengthBytes) throw RecordError.ofOverwriting(path)
    if (isQuiet && lengthBytes === lastLengthBytes && following.isComplete) return
    isQuiet = !(await growth.wait(signal))
  }
}
