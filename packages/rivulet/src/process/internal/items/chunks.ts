import type { ChunkItems } from './chunk-items.ts'

/** The chunks themselves. */
export const chunks = (): ChunkItems<Uint8Array> => ({ push: (chunk) => [chunk], end: () => [] })
