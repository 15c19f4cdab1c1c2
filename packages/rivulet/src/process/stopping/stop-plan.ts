/**
 * The plan by which a group of processes is stopped, without any process or timer: SIGTERM, with SIGCONT because a stopped
 * process keeps SIGTERM pending; after `killAfterMs` SIGKILL, again and again, because a group may fork while it is killed.
 */
export class StopPlan {
  readonly #killAfterMs: number
  #isTold = false

  constructor(killAfterMs: number) {
    this.#killAfterMs = killAfterMs
  }

  /** The signals to send to a group that is still alive `elapsedMs` after the stopping began. */
  due(elapsedMs: number): readonly NodeJS.Signals[] {
    if (elapsedMs >= this.#killAfterMs) return ['SIGKILL']
    if (this.#isTold) return []
    this.#isTold = true
    return ['SIGTERM', 'SIGCONT']
  }

  /** Milliseconds until the next look at the group: few at first, because most groups end at once. */
  pauseMs(elapsedMs: number): number {
    const untilKillMs = this.#killAfterMs - elapsedMs
    const pauseMs = Math.min(50, Math.max(2, elapsedMs / 4))
    return untilKillMs > 0 ? Math.min(pauseMs, untilKillMs) : pauseMs
  }
}
