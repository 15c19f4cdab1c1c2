/** What a view makes of the chunks of one stream: the items that each gives, and what is left at the end. */
export interface ChunkItems<T> {
  /** `t` is when it was read, in milliseconds since the epoch, where that was not now. */
  push(chunk: Uint8Array, t?: number): readonly T[]
  end(): readonly T[]
}
