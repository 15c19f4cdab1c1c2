import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** A process group that we made: its id is that of its leader, our child. */
export class Group {
  readonly #id: number
  /** Until the leader is reaped its id can be nobody else's. */
  isLeaderReaped = false

  constructor(id: number) {
    this.#id = id
  }

  /** Whether a process of the group lives; a zombie does not. */
  isAlive(): boolean {
    if (!this.isLeaderReaped) return true
    // Zombies count here, so that this is not the last word where there is a better one.
    if (!this.#send(0)) return false
    return process.platform === 'linux' && existsSync('/proc/self/stat') ? linuxGroupLives(this.#id) : true
  }

  /** Sends a signal to all of the group. Says whether there was anyone. */
  signal(killSignal: NodeJS.Signals): boolean {
    return this.isAlive() && this.#send(killSignal)
  }

  #send(killSignal: NodeJS.Signals | 0): boolean {
    try {
      process.kill(-this.#id, killSignal)
      return true
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ESRCH') return false
      // Someone is there whom we may not signal.
      if (code === 'EPERM') return killSignal === 0
      throw error
    }
  }
}

/** `kill(-id, 0)` reports zombies as alive, so the states are read. */
function linuxGroupLives(id: number): boolean {
  for (const name of readdirSync('/proc')) {
    if (name < '0' || name > '9~') continue
    const fields = statFields(name)
    if (fields === undefined) continue
    const [state, , group] = fields
    if (group === String(id) && state !== 'Z' && state !== 'X') return true
  }
  return false
}

/** State, parent, group and so on: what follows the name, which may itself hold spaces and parentheses. */
function statFields(pid: string): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    // It ended between the listing and the reading.
    return undefined
  }
}
