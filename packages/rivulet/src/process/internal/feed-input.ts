import type { Writable } from 'node:stream'
import { merge } from '../../core/index.ts'
import type { RunInput } from '../run-options.ts'

/** Writes the input as the program reads. A program that does not read it is no error; an input that throws is. */
export function feedInput(stdin: Writable, input: RunInput, onError: (error: unknown) => void): void {
  const closed = new AbortController()
  // EPIPE and its like: the program does not want more.
  stdin.on('error', () => closed.abort())
  stdin.on('close', () => closed.abort())
  if (typeof input === 'string' || input instanceof Uint8Array) {
    stdin.end(input)
    return
  }
  copy(stdin, input, closed.signal).catch((error: unknown) => {
    if (closed.signal.aborted) return
    onError(error)
    stdin.destroy()
  })
}

async function copy(stdin: Writable, input: AsyncIterable<string | Uint8Array>, signal: AbortSignal): Promise<void> {
  // A merge of one: it can be left while the input stands still, and closes it.
  for await (const chunk of merge([input], { signal })) {
    if (!stdin.write(chunk)) await written(stdin, signal)
  }
  stdin.end()
}

function written(stdin: Writable, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve()
      return
    }
    const settle = (): void => {
      stdin.off('drain', settle)
      signal.removeEventListener('abort', settle)
      resolve()
    }
    stdin.on('drain', settle)
    signal.addEventListener('abort', settle)
  })
}
