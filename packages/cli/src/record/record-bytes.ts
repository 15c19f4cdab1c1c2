import { fstatSync } from 'node:fs'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { addAbortSignal, type Readable } from 'node:stream'
import { GrowthWatcher } from './growth-watcher.ts'
import type { OpenRuns } from './open-runs.ts'
import { RecordError } from './record-error.ts'

/** How many bytes are read at a time. */
const chunkBytes = 65_536

/** How often a followed file is looked at. */
const pollMs = 1_000

type Runs = Pick<OpenRuns, 'isComplete'>

/**
 * The bytes of a file, of a pipe, or of our own stdin (`-`), as a source that can be told to stop. A chunk is valid until the next one
 * is asked for.
 *
 * With `runs` a file is followed: at its end we wait for more, until the runs are complete and nothing has come for `pollMs`, since
 * between two commands that run one after the other they are complete for a moment too. A file that is moved away is still
 * followed, a file put in its place is not. A file that becomes shorter was overwritten, which is an error.
 */
export async function* recordBytes(
  path: string,
  runs: Runs | undefined,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    if (path === '-') yield* streamed(ownInput(), signal)
    else if ((await stat(path)).isFIFO()) yield* streamed(await pipe(path), signal)
    else yield* ofFile(path, runs, signal)
  } catch (error) {
    throw error instanceof RecordError || signal.aborted ? error : RecordError.ofReading(path, error)
  }
}

async function* streamed(stream: Readable, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  addAbortSignal(signal, stream)
  for await (const chunk of stream) yield chunk as Uint8Array
}

function ownInput(): Readable {
  // Node makes an empty input of a folder.
  if (fstatSync(0).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' })
  return process.stdin
}

async function pipe(path: string): Promise<Readable> {
  const { openPipe } = await import('../open-pipe.ts')
  return openPipe(path)
}

async function* ofFile(path: string, runs: Runs | undefined, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const file = await open(path)
  try {
    // A device has no length that could grow.
    if (runs === undefined || !(await file.stat()).isFile()) yield* toEnd(file, Buffer.allocUnsafe(chunkBytes))
    else yield* followed(path, file, runs, signal)
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

async function* followed(path: string, file: FileHandle, runs: Runs, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(chunkBytes)
  using growth = new GrowthWatcher(path, pollMs)
  let lengthBytes = 0
  let isQuiet = false
  for (;;) {
    const lastLengthBytes = lengthBytes
    for await (const chunk of toEnd(file, buffer)) {
      lengthBytes += chunk.length
      yield chunk
    }
    if ((await file.stat()).size < lengthBytes) throw RecordError.ofOverwriting(path)
    if (isQuiet && lengthBytes === lastLengthBytes && runs.isComplete) return
    isQuiet = !(await growth.wait(signal))
  }
}
