/** A place that is written to, one chunk after the other. */
export interface Destination {
  /** Writes all of the chunk, however long that takes, and then calls `done` once: at once or later. */
  write(chunk: string | Uint8Array, done: (error: NodeJS.ErrnoException | undefined) => void): void
}
