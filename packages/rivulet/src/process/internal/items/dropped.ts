import type { ChunkItems } from './chunk-items.ts'

/** Nothing: the stream is read throughout all the same, so that the program never waits for it. */
export function dropped(keep: (chunk: Uint8Array) => void = () => undefined): ChunkItems<never> {
  const push = (chunk: Uint8Array): readonly never[] => {
    keep(chunk)
    return []
  }
  return { push, end: () => [] }
}
