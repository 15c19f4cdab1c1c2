import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** A mark in the environment of a run, by which its processes are found from outside, whatever became of their parents. */
export function makeCookie(): { env: NodeJS.ProcessEnv; living: () => number[] } {
  const value = randomUUID()
  return {
    env: { ...process.env, SUPERVISOR_TEST_COOKIE: value },
    living: () =>
      readdirSync('/proc')
        .filter((entry) => /^\d+$/.test(entry))
        .map(Number)
        .filter((pid) => read(pid, 'environ').includes(`SUPERVISOR_TEST_COOKIE=${value}`) && lives(pid)),
  }
}

export function lives(pid: number): boolean {
  return !['Z', 'X', ''].includes(state(pid))
}

/** The state of a process, as `S` for one that sleeps; empty where there is none. */
export function state(pid: number): string {
  return stat(pid)[0] ?? ''
}

/** The processes that a process with a single thread has started, or inherited, and not reaped. */
export function childrenOf(pid: number): number[] {
  return read(pid, `task/${pid}/children`).split(' ').filter(Boolean).map(Number)
}

/** The processes of a group. */
export function membersOf(group: number): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => Number(stat(pid)[2]) === group)
}

/** What a process calls itself. */
export function nameOf(pid: number): string {
  return read(pid, 'comm').trimEnd()
}

/** A line of the process's status, as `VmRSS`, in its words. */
export function statusOf(pid: number, name: string): string {
  const line = read(pid, 'status')
    .split('\n')
    .find((each) => each.startsWith(`${name}:`))
  return line?.slice(name.length + 1).trim() ?? ''
}

/** Processor time that it has taken, in hundredths of a second. */
function ticksOf(pid: number): number {
  const fields = stat(pid)
  return Number(fields[11]) + Number(fields[12])
}

/** Resolves as soon as the condition holds. It is for the test's own timeout to give up. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(1)
}

/** Waits until neither has taken any of the processor's time for a while, and both sleep. */
export async function bothSleep(...pids: number[]): Promise<void> {
  let before = -1
  let still = 0
  await until(() => {
    const now = pids.reduce((sum, pid) => sum + ticksOf(pid), 0)
    still = now === before && pids.every((pid) => state(pid) === 'S') ? still + 1 : 0
    before = now
    return still === 100
  })
}

/** State, parent, group and so on: what follows the name. */
function stat(pid: number): string[] {
  const line = read(pid, 'stat')
  return line.slice(line.lastIndexOf(')') + 2).split(' ')
}

function read(pid: number, what: string): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'latin1')
  } catch {
    // It has ended, or is not ours to read: either way it is none of the run's.
    return ''
  }
}
