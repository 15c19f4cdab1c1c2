import { existsSync, readdirSync, readFileSync } from 'node:fs'

/**
 * What a look at a group found: someone who `'lives'`, `'none'`, or `'foreign'`: the group's id belongs to others by now,
 * since whoever has the id of a leader that was reaped, or the group's id in another session, is none of ours.
 */
export type GroupLook = 'living' | 'none' | 'foreign'

/** Milliseconds for which a look serves: those who end many groups at once share it. */
const servesMs = 5

/** Whether `/proc` tells the states of processes. */
export const hasProcessTable: boolean = process.platform === 'linux' && existsSync('/proc/self/stat')

/** The groups of all processes, as `/proc` has them: `kill(-id, 0)` alone reports zombies as alive. */
export class LinuxProcessTable {
  readonly #list: () => Iterable<string>
  readonly #now: () => number
  #groups = new Map<string, GroupLook>()
  #takenAtMs = -Infinity

  constructor(list: () => Iterable<string> = statLines, now: () => number = () => performance.now()) {
    this.#list = list
    this.#now = now
  }

  look(id: number, notBeforeMs: number): GroupLook {
    const now = this.#now()
    if (now - this.#takenAtMs > servesMs || this.#takenAtMs <= notBeforeMs) {
      this.#groups = readGroups(this.#list())
      // When it began: what happened since it may have missed.
      this.#takenAtMs = now
    }
    return this.#groups.get(String(id)) ?? 'none'
  }
}

export const linuxProcessTable: LinuxProcessTable = new LinuxProcessTable()

function readGroups(lines: Iterable<string>): Map<string, GroupLook> {
  const groups = new Map<string, GroupLook>()
  for (const line of lines) {
    // The name, in parentheses, may itself hold spaces and parentheses.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
    const [state, , group, session] = fields
    if (group === undefined || (isEnded(state) && !(Number(fields[threadsField]) > 1))) continue
    if (line.startsWith(`${group} `) || session !== group) groups.set(group, 'foreign')
    else if (!groups.has(group)) groups.set(group, 'living')
  }
  return groups
}

/** The number of threads: where the first has ended and others have not, the process has the state of a zombie and lives. */
const threadsField = 17

function isEnded(state: string | undefined): boolean {
  return state === 'Z' || state === 'X'
}

function* statLines(): Generator<string> {
  for (const name of readdirSync('/proc')) {
    if (name < '0' || name > '9~') continue
    try {
      yield readFileSync(`/proc/${name}/stat`, 'latin1')
    } catch {
      // It ended between the listing and the reading.
    }
  }
}
