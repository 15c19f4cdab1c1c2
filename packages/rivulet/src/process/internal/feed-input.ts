import type { Writable } from 'node:stream'
import { merge } from '../../core/index.ts'
import type { RunInput } from '../run-options.ts'

/**
 * Writes the input as the program reads. A program that does not read it is no error; an input that throws is. What it
 * gives closes the input, and leaves the pipe as it is.
 */
export function feedInput(stdin: Writable, input: RunInput, onError: (error: unknown) => void): () => void {
  const closed = new AbortController()
  const close = (): void => closed.abort()
  // EPIPE and its like: the program does not want more.
  stdin.on('error', close)
  stdin.on('close', close)
  if (typeof input === 'string' || input instanceof Uint8Array) {
    stdin.end(input)
    return close
  }
  // Not before whoever starts the program has done so: the input is the caller's code, which may end the run.
  Promise.resolve()
    .then(() => copy(stdin, input, closed.signal))
    .catch((error: unknown) => {
      if (!closed.signal.aborted) onError(error)
    })
  return close
}

async function copy(stdin: Writable, input: AsyncIterable<string | Uint8Array>, signal: AbortSignal): Promise<void> {
  // A merge of one: it can be left while the input stands still, and closes it.
  for await (const chunk of merge([input], { signal })) {
    if (typeof chunk !== 'string' && !((chunk as unknown) instanceof Uint8Array)) {
      throw new TypeError(
        'input must give strings or Uint8Arrays; of a run take one stream, as in input: other.stdout()',
      )
    }
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
