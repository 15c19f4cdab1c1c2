// What the cases look at from outside: the processes in /proc, what this one has open and how much memory it holds.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'

/** The guard's command line holds this. */
const guardMark = 'rivulet-guard'

/**
 * A mark in the environment of a run, by which its processes are found, whatever became of their parents.
 *
 * @returns {{ env: Record<string, string | undefined>, living: () => number[] }}
 */
export function makeCookie() {
  const value = randomUUID()
  const cookie = `RIVULET_CASE_COOKIE=${value}`
  return {
    env: { ...process.env, RIVULET_CASE_COOKIE: value },
    living: () => allProcesses().filter((pid) => read(`/proc/${pid}/environ`).includes(cookie) && isAlive(pid)),
  }
}

/** @type {(pid: number) => boolean} */
export const isAlive = (pid) => !['Z', 'X', ''].includes(stateOf(pid))

/** @type {(pid: number | undefined) => string} */
export const stateOf = (pid) => (pid === undefined ? '' : (stat(pid)[0] ?? ''))

/** Our children that have ended and that nobody has reaped. */
export function unreaped() {
  return allProcesses().filter((pid) => {
    const [state, parent] = stat(pid)
    return state === 'Z' && parent === String(process.pid)
  })
}

/** @type {(parent: number | undefined) => number[]} */
export function guardsOf(parent) {
  return allProcesses().filter(
    (pid) => stat(pid)[1] === String(parent) && commandOf(pid).includes(guardMark) && isAlive(pid),
  )
}

/** @type {(cookie: { living: () => number[] }) => void} */
export function assertNoneLives({ living }) {
  const left = living()
  const described = left.map((pid) => `${pid} ${stateOf(pid)} '${commandOf(pid)}'`).join(', ')
  endAll(left)
  assert.ok(left.length === 0, `${left.length} still live: ${described}`)
}

/** @type {(pid: number) => string} */
const commandOf = (pid) => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()

export const openDescriptors = () => readdirSync('/proc/self/fd').length

export const residentMb = () => Number(/VmRSS:\s+(\d+) kB/.exec(read('/proc/self/status'))?.[1]) / 1024

/**
 * Looks again and again until the condition holds, and says whether it came to hold within that time.
 *
 * @type {(condition: () => boolean, withinMs: number) => Promise<boolean>}
 */
export async function comesTrue(condition, withinMs) {
  const sinceMs = performance.now()
  for (;;) {
    if (condition()) return true
    if (performance.now() - sinceMs > withinMs) return false
    await sleep(20)
  }
}

/** @type {(pids: readonly number[]) => void} */
export function endAll(pids) {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended meanwhile.
    }
  }
}

function allProcesses() {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
}

/** State, parent, group and so on: what follows the name. @type {(pid: number) => string[]} */
function stat(pid) {
  const line = read(`/proc/${pid}/stat`)
  return line.slice(line.lastIndexOf(')') + 2).split(' ')
}

/** @type {(path: string) => string} */
function read(path) {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    // It has ended, or is not ours to read.
    return ''
  }
}
