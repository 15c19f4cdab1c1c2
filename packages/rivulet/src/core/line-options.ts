/** The options of everything that reads lines. */
export interface LineOptions {
  /** Bytes above which a line comes in pieces, at least 4; 1,048,576 (1 MiB) by default. */
  maxLineBytes?: number | undefined
}
