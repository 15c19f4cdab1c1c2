import type { ChunkItems } from './chunk-items.ts'

/** A chunk, and when it was read, in milliseconds since the epoch. */
export interface StampedChunk {
  bytes: Uint8Array
  t: number
}

/** The chunks with the time at which each was read, which is not when it is asked for by a slow consumer. */
export const stamped = (): ChunkItems<StampedChunk> => ({
  push: (bytes, t = Date.now()) => [{ bytes, t }],
  end: () => [],
})
