import { readFileSync } from 'node:fs'

/** Milliseconds for which a reading serves: many are started in a row, and a reading costs as much as a part of a start. */
const servesMs = 1000

/** The time by which `/proc` says when a process was started. `os.uptime()` is rounded to whole seconds by Deno and Bun. */
export class SystemClock {
  readonly #read: () => string
  readonly #now: () => number
  #readAtMs = -Infinity
  #hundredths = 0

  constructor(read: () => string = readUptime, now: () => number = () => performance.now()) {
    this.#read = read
    this.#now = now
  }

  /** Hundredths of a second since the system was started, never more than there were. Without a `/proc` it means nothing. */
  uptimeHundredths(): number {
    const now = this.#now()
    if (now - this.#readAtMs > servesMs) {
      this.#hundredths = Math.round(Number(this.#read().split(' ')[0]) * 100)
      this.#readAtMs = now
    }
    return this.#hundredths + Math.floor((now - this.#readAtMs) / 10)
  }
}

export const systemClock: SystemClock = new SystemClock()

function readUptime(): string {
  try {
    return readFileSync('/proc/uptime', 'latin1')
  } catch {
    // Nobody looks there either.
    return '0'
  }
}
