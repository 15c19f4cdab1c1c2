import type { Attempt, CommandData, Silence } from '../format/page-data.ts'
import type { Lane } from './lane.ts'

export type StreamName = 'stdout' | 'stderr'

/** A command as a row of the chart: when it ran, and what it wrote. */
export class CommandRow {
  readonly data: CommandData
  readonly stdout: Lane
  readonly stderr: Lane

  constructor(data: CommandData, stdout: Lane, stderr: Lane) {
    this.data = data
    this.stdout = stdout
    this.stderr = stderr
  }

  /** The attempt that had begun last at this time. */
  attemptAt(ms: number): Attempt | undefined {
    return this.data.attempts.findLast(({ startMs }) => startMs <= ms)
  }

  /** The silence around this time; `undefined` where nothing was running, and where lines are omitted. */
  silenceAt(ms: number): Silence | undefined {
    const attempt = this.attemptAt(ms)
    if (attempt === undefined || attempt.endMs < ms || ms > this.#knownUntilMs(attempt)) return undefined
    return {
      fromMs: Math.max(attempt.startMs, this.#lastUntil(ms)),
      toMs: Math.min(attempt.endMs, this.#nextAfter(ms)),
    }
  }

  /** The silences longer than `thanMs` that overlap this time. Takes about one step for each that there is room for, at most. */
  silencesBetween(fromMs: number, toMs: number, thanMs: number): Silence[] {
    const found: Silence[] = []
    for (const attempt of this.data.attempts) {
      if (attempt.endMs - attempt.startMs <= thanMs || attempt.endMs < fromMs || attempt.startMs > toMs) continue
      const endMs = Math.min(attempt.endMs, this.#knownUntilMs(attempt))
      let ms = Math.max(attempt.startMs, this.#lastUntil(Math.max(fromMs, attempt.startMs)))
      while (ms < endMs && ms < toMs) {
        // A silence that begins before the last line of this stretch ends with that line at the latest, and is too short.
        const skippedMs = Math.min(this.#lastUntil(ms + thanMs), endMs)
        if (skippedMs > ms) ms = skippedMs
        else {
          const silence = { fromMs: ms, toMs: Math.min(this.#nextAfter(ms), endMs) }
          if (silence.toMs - silence.fromMs > thanMs) found.push(silence)
          ms = silence.toMs
        }
      }
    }
    return found
  }

  #lastUntil(ms: number): number {
    return Math.max(this.stdout.times.lastUntil(ms), this.stderr.times.lastUntil(ms))
  }

  #nextAfter(ms: number): number {
    return Math.min(this.stdout.times.nextAfter(ms), this.stderr.times.nextAfter(ms))
  }

  #knownUntilMs({ endMs }: Attempt): number {
    return Math.min(endMs, this.stdout.omitted?.range.fromMs ?? endMs, this.stderr.omitted?.range.fromMs ?? endMs)
  }
}
