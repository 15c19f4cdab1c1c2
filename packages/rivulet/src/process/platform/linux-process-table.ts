import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/**
 * What a look at a group found: someone who `'lives'`, `'none'`, or `'foreign'`: the group's id belongs to others by now,
 * since whoever has the id of a leader that was reaped, or the group's id in another session, is none of ours.
 */
export type GroupLook = 'living' | 'none' | 'foreign'

/** Milliseconds for which a look serves at the least: those who end many groups at once share it. */
const servesMs = 5

/** For how many times as long as it took a look serves, so that no more than a part of all time goes to looking. */
const servesTimes = 4

/** Whether `/proc` tells the states of processes, by the ids that we know them by. */
export const hasProcessTable: boolean = process.platform === 'linux' && knowsUs()

/** The groups of all processes, as `/proc` has them: `kill(-id, 0)` alone reports zombies as alive. */
export class LinuxProcessTable {
  readonly #list: () => Iterable<string>
  readonly #now: () => number
  #groups = new Map<string, GroupLook>()
  #begunAtMs = -Infinity
  #servesUntilMs = -Infinity

  constructor(list: () => Iterable<string> = statLines, now: () => number = () => performance.now()) {
    this.#list = list
    this.#now = now
  }

  look(id: number, notBeforeMs: number): GroupLook {
    const now = this.#now()
    // What happened since it began it may have missed.
    if (now > this.#servesUntilMs || this.#begunAtMs <= notBeforeMs) {
      this.#groups = readGroups(this.#list())
      const end = this.#now()
      this.#begunAtMs = now
      this.#servesUntilMs = end + Math.max(servesMs, servesTimes * (end - now))
    }
    return this.#groups.get(String(id)) ?? 'none'
  }
}

export const linuxProcessTable: LinuxProcessTable = new LinuxProcessTable()

function readGroups(lines: Iterable<string>): Map<string, GroupLook> {
  const groups = new Map<string, GroupLook>()
  for (const line of lines) {
    const fields = fieldsOf(line)
    const [, , group, session] = fields
    if (group === undefined) continue
    const lives = isLiving(fields)
    if (line.startsWith(`${group} `) || (lives && session !== group)) groups.set(group, 'foreign')
    else if (lives && !groups.has(group)) groups.set(group, 'living')
  }
  return groups
}

/** State, parent, group, session and so on. The name before them, in parentheses, may itself hold spaces and parentheses. */
function fieldsOf(line: string): string[] {
  return line.slice(line.lastIndexOf(')') + 2).split(' ')
}

/** The number of threads: where the first has ended and others have not, the process has the state of a zombie and lives. */
const threadsField = 17

function isLiving(fields: readonly string[]): boolean {
  const hasEnded = fields[0] === 'Z' || fields[0] === 'X'
  return !hasEnded || Number(fields[threadsField]) > 1
}

/** Whether anyone of a group lives, be it its leader. */
export function groupLives(id: number, lines: Iterable<string> = statLines()): boolean {
  for (const line of lines) {
    const fields = fieldsOf(line)
    if (fields[2] === String(id) && isLiving(fields)) return true
  }
  return false
}

/** The /proc of another namespace has other ids for the same processes. */
function knowsUs(): boolean {
  try {
    return readlinkSync('/proc/self') === String(process.pid)
  } catch {
    // There is none.
    return false
  }
}

/** What `/proc` says of each process. */
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
