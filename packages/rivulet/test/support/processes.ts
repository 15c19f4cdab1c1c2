import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { turn } from './turn.ts'

/** A mark in the environment of a run, by which its processes are found from outside, whatever became of their parents. */
export function makeCookie(): { env: NodeJS.ProcessEnv; living: () => number[] } {
  const cookie = `RIVULET_TEST_COOKIE=${randomUUID()}`
  const [name = '', value = ''] = cookie.split('=')
  return {
    env: { ...process.env, [name]: value },
    living: () =>
      allProcesses()
        .filter((pid) => read(`/proc/${pid}/environ`).includes(cookie) && hasLife(pid))
        .map(Number),
  }
}

/** The descriptors that this process has open. */
export function openDescriptors(): number {
  return readdirSync('/proc/self/fd').length
}

/** Our children that have ended and that nobody has reaped. */
export function unreaped(): number[] {
  return allProcesses()
    .filter((pid) => {
      const [state, parent] = stat(pid)
      return state === 'Z' && parent === String(process.pid)
    })
    .map(Number)
}

/** The processes whose command line holds this, and whose parent is the given one, if one is. */
export function findProcesses(part: string, parent?: number): number[] {
  return allProcesses()
    .filter((pid) => read(`/proc/${pid}/cmdline`).includes(part))
    .filter((pid) => parent === undefined || stat(pid)[1] === String(parent))
    .map(Number)
}

/** The state of a process, as `S` for one that sleeps; empty where there is none. */
export function state(pid: number): string {
  return stat(String(pid))[0] ?? ''
}

/** The session that a process is in. */
export function sessionOf(pid: number): number {
  return Number(stat(String(pid))[3])
}

/** Whether this process lives; whoever inherited it may take its time to reap it. */
export function lives(pid: number): boolean {
  return hasLife(String(pid))
}

/** Resolves as soon as the condition holds, looking once a turn. It is for the test's own timeout to give up. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await turn()
}

function allProcesses(): string[] {
  return readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))
}

function hasLife(pid: string): boolean {
  return !['Z', 'X', ''].includes(stat(pid)[0] ?? '')
}

/** State, parent, group and so on: what follows the name. */
function stat(pid: string): string[] {
  const line = read(`/proc/${pid}/stat`)
  return line.slice(line.lastIndexOf(')') + 2).split(' ')
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    // It has ended, or is not ours to read: either way it is none of the run's.
    return ''
  }
}
