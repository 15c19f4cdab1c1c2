import { hasProcessTable, linuxProcessTable, type GroupLook } from './linux-process-table.ts'
import type { ProcessTree } from './platform.ts'

/** Milliseconds that a group has to end after its SIGKILL where nobody can look at it. */
const unseenMs = 500

/** What the system says when asked for a process group. */
export interface GroupCalls {
  /** `'sent'`; `'nobody'`: there is no such group; `'forbidden'`: someone is there, nobody of whom may be signalled. */
  send(id: number, killSignal: NodeJS.Signals | 0): 'sent' | 'nobody' | 'forbidden'
  /** Whether this one process may be signalled by us. */
  reaches(id: number): boolean
  /** Looks at the members' states, no earlier than at the given time; `undefined` where there is no way to. */
  look(id: number, notBeforeMs: number): GroupLook | undefined
}

/** A process group that we made: its id is that of its leader, our child, who leads a session of that id too. */
export class ProcessGroup implements ProcessTree {
  readonly #id: number
  readonly #calls: GroupCalls
  /** Until the leader is reaped its id can be nobody else's. */
  #isLeaderReaped = false
  /** A look before this time would not tell: the leader was there still, or the group could fork. */
  #looksFromMs = 0
  /** Nobody of the group can fork any more. */
  #isKilled = false
  /** Its id may be somebody else's by now. */
  #isGone = false

  constructor(id: number, calls: GroupCalls = systemCalls) {
    this.#id = id
    this.#calls = calls
  }

  leaderReaped(): void {
    this.#isLeaderReaped = true
    this.#looksFromMs = performance.now()
  }

  isEmpty(): boolean {
    if (this.#isLeaderReaped && !this.#isGone) this.#isGone = this.#calls.send(this.#id, 0) === 'nobody'
    return this.#isGone
  }

  isAlive(): boolean {
    if (this.#isGone) return false
    if (!this.#isLeaderReaped) return true
    if (this.#lives()) return true
    this.#isGone = true
    return false
  }

  signal(killSignal: NodeJS.Signals): boolean {
    if (!this.isAlive()) return false
    const isSent = this.#calls.send(this.#id, killSignal) === 'sent'
    if (!isSent || killSignal !== 'SIGKILL') return isSent
    this.#killed()
    // Beside a zombie of ours, which takes every signal, it is not seen that the leader itself is out of our reach.
    return this.#isLeaderReaped || this.#calls.reaches(this.#id)
  }

  helpersEnded(): Promise<void> {
    return Promise.resolve()
  }

  #lives(): boolean {
    const answer = this.#calls.send(this.#id, 0)
    if (answer === 'nobody') return false
    const look = this.#calls.look(this.#id, this.#looksFromMs)
    // Zombies count as somebody on Linux, where the states can be read; macOS says 'forbidden' where there are only such.
    if (look === undefined) return answer === 'sent' && !this.#hasHadItsTime()
    if (look !== 'none' || this.#isKilled) return look === 'living'
    // Who forks while the table is read can be missed, but not once SIGKILL is under way: the system forks nobody then,
    // and a look after that is exact. Those who are there to be killed are zombies, or were missed.
    this.#calls.send(this.#id, 'SIGKILL')
    this.#killed()
    return true
  }

  /** It was killed so long ago that who is still there is a zombie, where that cannot be seen. */
  #hasHadItsTime(): boolean {
    return this.#isKilled && performance.now() - this.#looksFromMs > unseenMs
  }

  #killed(): void {
    if (this.#isKilled) return
    this.#isKilled = true
    this.#looksFromMs = performance.now()
  }
}

const systemCalls: GroupCalls = {
  send(id, killSignal) {
    try {
      process.kill(-id, killSignal)
      return 'sent'
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ESRCH') return 'nobody'
      if (code === 'EPERM') return 'forbidden'
      throw error
    }
  },
  reaches(id) {
    try {
      process.kill(id, 0)
      return true
    } catch (error) {
      return (error as NodeJS.ErrnoException).code !== 'EPERM'
    }
  },
  look: (id, notBeforeMs) => (hasProcessTable ? linuxProcessTable.look(id, notBeforeMs) : undefined),
}
