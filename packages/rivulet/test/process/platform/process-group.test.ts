import { expect, test, vi } from 'vitest'
import type { GroupLook } from '../../../src/process/platform/linux-process-table.ts'
import { ProcessGroup, type GroupCalls } from '../../../src/process/platform/process-group.ts'

type Answer = ReturnType<GroupCalls['send']>

/** A system whose answers are set, and which keeps what it is asked. */
class FakeSystem implements GroupCalls {
  answer: Answer = 'sent'
  /** The last one stays. */
  looks: (GroupLook | undefined)[] = ['living']
  readonly asked: (NodeJS.Signals | 0 | 'look')[] = []
  readonly ids = new Set<number>()
  notBeforeMs = NaN
  /** Whether the leader by itself may be signalled. */
  isInReach = true

  reaches(): boolean {
    return this.isInReach
  }

  send(id: number, killSignal: NodeJS.Signals | 0): Answer {
    this.ids.add(id)
    this.asked.push(killSignal)
    return this.answer
  }

  look(id: number, notBeforeMs: number): GroupLook | undefined {
    this.ids.add(id)
    this.asked.push('look')
    this.notBeforeMs = notBeforeMs
    return this.looks.length > 1 ? this.looks.shift() : this.looks[0]
  }

  /** What it was asked since the last time. */
  take(): (NodeJS.Signals | 0 | 'look')[] {
    return this.asked.splice(0)
  }
}

function groupOf() {
  const system = new FakeSystem()
  return { system, group: new ProcessGroup(42, system) }
}

/** A group whose leader is gone while others were there. */
function leaderless() {
  const { system, group } = groupOf()
  group.leaderReaped()
  system.take()
  return { system, group }
}

test('until its leader is reaped a group is alive, without a question', () => {
  const { system, group } = groupOf()
  system.answer = 'nobody'
  expect(group.isAlive()).toBe(true)
  expect(system.asked).toEqual([])
})

test('a signal goes to the group, and whether it was sent is told', () => {
  const { system, group } = groupOf()
  expect(group.signal('SIGTERM')).toBe(true)
  system.answer = 'forbidden'
  expect(group.signal('SIGTERM')).toBe(false)
  expect(system.take()).toEqual(['SIGTERM', 'SIGTERM'])
  expect([...system.ids]).toEqual([42])
})

test('when the leader is reaped and nobody is left, it is over: the id is never used again, whoever has it', () => {
  const { system, group } = groupOf()
  system.answer = 'nobody'
  group.leaderReaped()
  expect(group.isEmpty()).toBe(true)
  system.answer = 'sent'
  system.take()
  expect([group.isAlive(), group.signal('SIGKILL')]).toEqual([false, false])
  expect(system.asked).toEqual([])
})

test('when others are left it is alive and can be signalled', () => {
  const { system, group } = groupOf()
  group.leaderReaped()
  expect(group.isEmpty()).toBe(false)
  expect([group.isAlive(), group.signal('SIGTERM')]).toEqual([true, true])
  expect(system.take().at(-1)).toBe('SIGTERM')
})

test('that someone is there whom we may not signal does not make it over', () => {
  const { system, group } = groupOf()
  system.answer = 'forbidden'
  group.leaderReaped()
  expect(group.isEmpty()).toBe(false)
  expect([group.isAlive(), group.signal('SIGKILL')]).toEqual([true, false])
})

test.each([
  ['nobody', 'living'],
  ['sent', 'foreign'],
] as const)('where the system says %s and the look says %s it is gone for good', (answer, look) => {
  const { system, group } = leaderless()
  system.answer = answer
  system.looks = [look]
  expect(group.signal('SIGTERM')).toBe(false)
  expect(system.take()).toEqual(answer === 'nobody' ? [0] : [0, 'look'])
  system.answer = 'sent'
  system.looks = ['living']
  expect([group.isAlive(), group.signal('SIGKILL'), system.asked.length]).toEqual([false, false, 0])
})

test('where only zombies are seen they are killed once, and only a look after that is believed', () => {
  const { system, group } = leaderless()
  system.looks = ['none']
  const killedFromMs = performance.now()
  expect(group.isAlive()).toBe(true)
  expect(system.take()).toEqual([0, 'look', 'SIGKILL'])
  expect(group.isAlive()).toBe(false)
  expect(system.take()).toEqual([0, 'look'])
  expect(system.notBeforeMs).toBeGreaterThanOrEqual(killedFromMs)
  expect([group.isAlive(), system.asked.length]).toEqual([false, 0])
})

test('who was missed by the first look is seen by the next; no more SIGKILL is needed', () => {
  const { system, group } = leaderless()
  system.looks = ['none', 'living', 'living', 'none']
  expect([group.isAlive(), group.isAlive(), group.isAlive(), group.isAlive()]).toEqual([true, true, true, false])
  expect(system.take()).toEqual([0, 'look', 'SIGKILL', 0, 'look', 0, 'look', 0, 'look'])
})

test('a group that became somebody else’s between the two looks is gone', () => {
  const { system, group } = leaderless()
  system.looks = ['none', 'foreign']
  expect([group.isAlive(), group.isAlive()]).toEqual([true, false])
})

test('after a SIGKILL that was sent the first look is exact; after another signal, or one not sent, it is not', () => {
  for (const [killSignal, answer, asked] of [
    ['SIGKILL', 'sent', [0, 'look']],
    ['SIGTERM', 'sent', [0, 'look', 'SIGKILL']],
    ['SIGKILL', 'forbidden', [0, 'look', 'SIGKILL']],
  ] as const) {
    const { system, group } = groupOf()
    system.answer = answer
    group.signal(killSignal)
    system.answer = 'sent'
    group.leaderReaped()
    system.take()
    system.looks = ['none']
    expect(group.isAlive()).toBe(asked.length === 3)
    expect(system.take()).toEqual(asked)
  }
})

test('a SIGKILL that reaches only others of the group is not taken for one that reaches its leader', () => {
  const { system, group } = groupOf()
  system.isInReach = false
  expect([group.signal('SIGTERM'), group.signal('SIGKILL')]).toEqual([true, false])
  group.leaderReaped()
  expect(group.signal('SIGKILL')).toBe(true)
})

test('no look serves from before the leader was reaped, nor from before the SIGKILL', () => {
  const { system, group } = groupOf()
  const reapedFromMs = performance.now()
  group.leaderReaped()
  group.isAlive()
  expect(system.notBeforeMs).toBeGreaterThanOrEqual(reapedFromMs)
  const killedFromMs = performance.now()
  group.signal('SIGKILL')
  group.isAlive()
  const firstMs = system.notBeforeMs
  expect(firstMs).toBeGreaterThanOrEqual(killedFromMs)
  // The first SIGKILL is the one after which nobody forks: a second does not put off what a look can tell.
  group.signal('SIGKILL')
  group.isAlive()
  expect(system.notBeforeMs).toBe(firstMs)
})

test.each([
  ['sent', true],
  ['forbidden', false],
  ['nobody', false],
] as const)('where nothing can be looked at, as on macOS, %s means alive: %s', (answer, isAlive) => {
  const { system, group } = leaderless()
  system.answer = answer
  system.looks = [undefined]
  expect(group.isAlive()).toBe(isAlive)
  expect(system.asked).not.toContain('SIGKILL')
})

test('where nothing can be looked at, who is still there half a second after the SIGKILL is a zombie', () => {
  vi.useFakeTimers()
  const { system, group } = leaderless()
  system.looks = [undefined]
  vi.advanceTimersByTime(10_000)
  expect(group.isAlive()).toBe(true)
  group.signal('SIGKILL')
  vi.advanceTimersByTime(500)
  expect(group.isAlive()).toBe(true)
  vi.advanceTimersByTime(1)
  expect(group.isAlive()).toBe(false)
  vi.useRealTimers()
})

test('it needs no helpers', async () => {
  expect(await groupOf().group.helpersEnded()).toBeUndefined()
})
