/** The streams that a program writes to. */
export type StreamName = 'stdout' | 'stderr'
