import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

/** A mark in the environment of a run, by which its processes are found from outside, whatever became of their parents. */
export function makeCookie(): { env: NodeJS.ProcessEnv; living: () => number[] } {
  const cookie = `RIVULET_TEST_COOKIE=${randomUUID()}`
  const [name = '', value = ''] = cookie.split('=')
  return {
    env: { ...process.env, [name]: value },
    living: () =>
      readdirSync('/proc')
        .filter((entry) => /^\d+$/.test(entry) && environmentOf(entry).includes(cookie) && !isZombie(entry))
        .map(Number),
  }
}

/** The descriptors that this process has open. */
export function openDescriptors(): number {
  return readdirSync('/proc/self/fd').length
}

function environmentOf(pid: string): string {
  return read(`/proc/${pid}/environ`)
}

function isZombie(pid: string): boolean {
  const stat = read(`/proc/${pid}/stat`)
  return ['Z', 'X', ''].includes(stat.slice(stat.lastIndexOf(')') + 2).charAt(0))
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    // It has ended, or is not ours to read: either way it is none of the run's.
    return ''
  }
}
