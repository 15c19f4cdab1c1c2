/** Counts the bytes of both streams together up to the most that may be delivered. */
export class OutputLimit {
  #rest: number

  constructor(maxBytes: number | undefined) {
    this.#rest = maxBytes ?? Infinity
  }

  /** Makes the limit smaller, before anything is counted. */
  lower(maxBytes: number): void {
    this.#rest = Math.min(this.#rest, maxBytes)
  }

  /** How many of these bytes may be delivered; fewer than they are means that the limit is exceeded. */
  take(bytes: number): number {
    const allowed = Math.min(bytes, this.#rest)
    this.#rest -= allowed
    return allowed
  }
}
