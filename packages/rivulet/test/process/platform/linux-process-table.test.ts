import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { LinuxProcessTable } from '../../../src/process/platform/linux-process-table.ts'
import { until } from '../../support/processes.ts'

interface Entry {
  pid: number
  name?: string
  state?: string
  group?: number
  session?: number
  threads?: number
}

/** As /proc/PID/stat has it; by default a living member of group and session 10, led by somebody else. */
function line({ pid, name = 'sh', state = 'S', group = 10, session = group, threads = 1 }: Entry): string {
  return `${pid} (${name}) ${state} 1 ${group} ${session} 34817 10 4194304 94 0 0 0 1 2 3 4 20 0 ${threads} 0 5000\n`
}

/** A table of what can be changed, at a time that can be changed. */
function tableOf(...entries: Entry[]) {
  const world = { entries, nowMs: 1000, reads: 0 }
  const list = (): string[] => {
    world.reads++
    return world.entries.map(line)
  }
  return { world, table: new LinuxProcessTable(list, () => world.nowMs) }
}

const lookAt = (...entries: Entry[]) => tableOf(...entries).table.look(10, 0)

describe('a look at a group', () => {
  test('finds a member that lives, in whatever state', () => {
    for (const state of ['R', 'S', 'D', 'T', 't', 'I']) expect(lookAt({ pid: 11, state })).toBe('living')
  })

  test('finds nobody where there is none, or only who has ended', () => {
    expect(lookAt()).toBe('none')
    expect(lookAt({ pid: 11, group: 100 })).toBe('none')
    expect(lookAt({ pid: 11, state: 'Z' }, { pid: 12, state: 'X' })).toBe('none')
  })

  test('finds who lives though the first of its threads has ended', () => {
    expect(lookAt({ pid: 11, state: 'Z', threads: 3 })).toBe('living')
  })

  test('finds who lives among those who have ended', () => {
    expect(lookAt({ pid: 11, state: 'Z' }, { pid: 12 }, { pid: 13, state: 'Z' })).toBe('living')
  })

  test.each(['a b', '(', ')', ') Z 1 77 77 ', '(a) S (b)', 'a\nb', '11 (x) S 1 77 77 0', ' ', ''])(
    'is not misled by the name %j',
    (name) => {
      expect(lookAt({ pid: 11, name })).toBe('living')
      expect(lookAt({ pid: 11, name, state: 'Z' })).toBe('none')
      expect(lookAt({ pid: 11, name, group: 77 })).toBe('none')
    },
  )

  test('calls it foreign when somebody lives who has the id, for our leader was reaped', () => {
    expect(lookAt({ pid: 10 })).toBe('foreign')
    expect(lookAt({ pid: 10, session: 5 })).toBe('foreign')
  })

  test('calls it foreign when a member is of another session, also beside others, in any order', () => {
    const ours = { pid: 11 }
    const other = { pid: 12, session: 5 }
    for (const entries of [[other], [ours, other], [other, ours]]) expect(lookAt(...entries)).toBe('foreign')
  })

  test('does not take a longer or shorter id for the same', () => {
    expect(lookAt({ pid: 101 })).toBe('living')
    expect(lookAt({ pid: 1 })).toBe('living')
    expect(lookAt({ pid: 11, group: 1 }, { pid: 12, group: 101 })).toBe('none')
  })

  test('passes over what is no line of a process', () => {
    const table = new LinuxProcessTable(() => ['', 'nonsense', line({ pid: 11 })])
    expect(table.look(10, -Infinity)).toBe('living')
  })
})

describe('the sharing of a look', () => {
  test('serves several groups for 5 ms, and no longer', () => {
    const { world, table } = tableOf({ pid: 11 }, { pid: 21, group: 20 })
    expect([table.look(10, 0), table.look(20, 0)]).toEqual(['living', 'living'])
    world.nowMs += 5
    world.entries = []
    expect(table.look(10, 0)).toBe('living')
    expect(world.reads).toBe(1)
    world.nowMs += 0.1
    expect(table.look(10, 0)).toBe('none')
    expect(world.reads).toBe(2)
  })

  test('never serves who asks for a later one, nor who asks for one after the very moment it was taken', () => {
    const { world, table } = tableOf({ pid: 11 })
    table.look(10, 0)
    world.entries = []
    expect(table.look(10, 999)).toBe('living')
    expect(table.look(10, 1000)).toBe('none')
    world.entries = [{ pid: 11 }]
    world.nowMs = 1001
    expect(table.look(10, 1000.5)).toBe('living')
  })

  test('counts from when the reading began: what happened since may have been missed', () => {
    const world = { nowMs: 1000, reads: 0 }
    const slow = (): string[] => {
      world.reads++
      world.nowMs += 3
      return []
    }
    const table = new LinuxProcessTable(slow, () => world.nowMs)
    table.look(10, 0)
    table.look(10, 1001)
    expect(world.reads).toBe(2)
  })
})

test('of a real group it tells that it lives, that its leader is not reaped, and that nobody is left', async () => {
  const table = new LinuxProcessTable()
  const leader = spawn('sh', ['-c', 'sleep 300 & echo; read _'], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] })
  const group = leader.pid!
  const look = () => table.look(group, performance.now())
  try {
    await once(leader.stdout, 'data')
    expect(look()).toBe('foreign')
    leader.stdin.end()
    await once(leader, 'exit')
    expect(look()).toBe('living')
  } finally {
    process.kill(-group, 'SIGKILL')
  }
  // Whoever inherited it may leave it a zombie for as long as it likes.
  await until(() => look() === 'none')
})
