import type { Writable } from 'node:stream'
import { merge } from '../../core/index.ts'
import type { RunInput } from '../run-options.ts'

/**
 * Writes the input as the program reads it. It is no error if the program does not, but an input that throws is one. The
 * function it gives closes the input, and leaves the pipe as it is.
 */
export function feedInput(stdin: Writable, input: RunInput, onError: (error: unknown) => void): () => void {
  const closed = new AbortController()
  const close = (): void => closed.abort()
  // EPIPE and the like: the program wants no more.
  stdin.on('error', close)
  stdin.on('close', close)
  if (typeof input === 'string' || input instanceof Uint8Array) {
    stdin.end(input)
    return close
  }
  // Not before the start is complete: the input is the caller's code, which may end the run.
  Promise.resolve()
    .then(() => copy(stdin, input, closed.signal))
    .catch((error: unknown) => {
      if (!closed.signal.aborted) onError(error)
    })
  return close
}

/**
 * Closes an input that no program will read, if it is an iterator: another run whose stdout it is would wait for its
 * reader for ever. An input that only makes iterators has none open.
 */
export function closeUnusedInput(input: RunInput | undefined): void {
  if (typeof input !== 'object' || !('return' in input) || typeof input.return !== 'function') return
  const close = input.return.bind(input) as () => unknown
  // The run has an error of its own to report, or was never begun: what the closing throws is of no use to anybody.
  new Promise((resolve) => resolve(close())).catch(() => undefined)
}

async function copy(stdin: Writable, input: AsyncIterable<string | Uint8Array>, signal: AbortSignal): Promise<void> {
  // A merge of one source can be stopped while its source is silent, and closes it.
  for await (const chunk of merge([input], { signal })) {
    if (typeof chunk !== 'string' && !((chunk as unknown) instanceof Uint8Array)) {
      throw new TypeError(
        'input must yield strings or Uint8Arrays; of another run, pass one stream, as in input: other.stdout()',
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
