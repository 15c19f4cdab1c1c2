import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Writable } from 'node:stream'
import { createInterface } from 'node:readline'
import { afterEach, expect, test } from 'vitest'
import { guardScript } from '../../../src/process/platform/guard-script.ts'
import { lives, state, until } from '../../support/processes.ts'

const started = new Set<number>()
afterEach(() => {
  for (const pid of started) if (lives(pid)) process.kill(pid, 'SIGKILL')
  started.clear()
})

function noted({ pid = 0 }: ChildProcess): number {
  started.add(pid)
  return pid
}

const startGroup = (seconds = '300'): number => noted(spawn('sleep', [seconds], { detached: true, stdio: 'ignore' }))

/** A group whose leader has ended and was reaped. */
async function startLeaderless(): Promise<{ group: number; member: number }> {
  const stdio = ['ignore', 'pipe', 'ignore'] as const
  const leader = spawn('sh', ['-c', 'sleep 300 >&- & echo $!'], { detached: true, stdio: [...stdio] })
  const [[line]] = (await Promise.all([once(leader.stdout, 'data'), once(leader, 'exit')])) as [[Buffer], unknown]
  const member = Number(line)
  started.add(member)
  return { group: leader.pid ?? 0, member }
}

/** Whether nobody has killed it: a SIGKILL that is under way comes before a SIGSTOP. */
async function survives(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 'SIGSTOP')
  } catch {
    return false
  }
  await until(() => state(pid) === 'T' || !lives(pid))
  return state(pid) === 'T'
}

const fates = (pids: readonly number[]): Promise<boolean[]> => Promise.all(pids.map(survives))

async function startGuard() {
  const shell = spawn('/bin/sh', ['-c', guardScript, 'guard', String(process.pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
  })
  const [pid, log] = [noted(shell), shell.stdio[3] as Writable]
  await isReady(pid)
  return {
    pid,
    shell,
    log,
    tell: telling(pid, shell.stdin!, log),
    end: () => ending(shell.stdin!, log),
    ended: once(shell, 'exit'),
  }
}

function field(pid: number, file: string, name: string): string {
  return new RegExp(`^${name}:\\s+(\\w+)`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'latin1'))?.[1] ?? ''
}

/** It ignores SIGTERM from now on, and reads nothing but what it is told. */
const isReady = (pid: number) => until(() => (parseInt(field(pid, 'status', 'SigIgn').slice(-4), 16) & 0x4000) !== 0)

const written = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')

const readBytes = (pid: number): number => Number(field(pid, 'io', 'rchar'))

/** Tells it lines and calls it to read them, and waits until it has read as many bytes. */
function telling(pid: number, calls: Writable, log: Writable) {
  return async (...lines: string[]): Promise<void> => {
    const text = written([...lines, 'now'])
    const before = readBytes(pid)
    log.write(text)
    calls.write('\n')
    await until(() => readBytes(pid) > before + text.length)
  }
}

/** As when we die: both pipes close at once. */
function ending(...pipes: Writable[]): void {
  for (const pipe of pipes) pipe.end()
}

/** Hundredths of a second since the system's start, from its digits: a product of a fraction may be one less. */
const hundredths = (): number => Number(readFileSync('/proc/uptime', 'latin1').split(' ')[0]?.replace('.', ''))

/** What the guard is told now of the start of a program with this command line. */
function announced(commandLine: string): string {
  return `starting ${Buffer.from(`${commandLine}\0`).subarray(-64).toString('hex')} ${hundredths()}`
}

test('when stdin closes it kills the groups that are left, and not those that are over', async () => {
  const { tell, end, ended } = await startGuard()
  const groups = Array.from({ length: 5 }, () => startGroup())
  await tell(...groups.map((id) => `started ${id}`))
  // The first, one in the middle and the last.
  await tell(...[0, 2, 4].map((at) => `over ${groups[at] ?? 0}`))
  end()
  expect(await ended).toEqual([0, null])
  expect(await fates(groups)).toEqual([true, false, true, false, true])
})

test('what it was told without being called it reads at the end', async () => {
  const { log, tell, end, ended } = await startGuard()
  const [first, second, third] = [startGroup(), startGroup(), startGroup()]
  log.write(written([`started ${first}`, `started ${second}`]))
  await tell(`over ${first}`)
  log.write(written([`started ${third}`]))
  end()
  await ended
  expect(await fates([first, second, third])).toEqual([true, false, false])
})

test('a group is not taken for over by what is only a part of its id, nor by what was never told', async () => {
  const { tell, end, ended } = await startGuard()
  const group = startGroup()
  const id = String(group)
  await tell(`started ${id}`, `over ${id.slice(1)}`, `over ${id.slice(0, -1)}`, `over 1${id}`, 'over 5000000', 'failed')
  end()
  await ended
  expect(await survives(group)).toBe(false)
})

test('it kills all of a group, and goes on where a group is gone already', async () => {
  const { tell, end, ended } = await startGuard()
  const leader = spawn('sh', ['-c', 'sleep 300 & echo $!; wait'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = (await once(createInterface(leader.stdout), 'line')) as [string]
  const group = [noted(leader), Number(line)]
  started.add(Number(line))
  // No system has a process of that id.
  await tell('started 5000001', `started ${noted(leader)}`)
  end()
  await ended
  expect(await fates(group)).toEqual([false, false])
})

test('signals that end others do not end it', async () => {
  const { pid, tell, end, ended } = await startGuard()
  const group = startGroup()
  for (const killSignal of ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const) process.kill(pid, killSignal)
  await tell(`started ${group}`)
  expect(lives(group)).toBe(true)
  end()
  expect(await ended).toEqual([0, null])
  expect(await survives(group)).toBe(false)
})

test('its memory stays under 2 MB when a thousand groups have come and gone', async () => {
  const { pid, tell, end, ended } = await startGuard()
  const ids = Array.from({ length: 1000 }, (_unused, at) => 5_000_000 + at)
  await tell(...ids.flatMap((id) => [announced('sl'), `started ${id}`, `over ${id}`]))
  await tell(...ids.map((id) => `started ${id}`))
  await tell(...ids.map((id) => `over ${id}`))
  expect(Number(field(pid, 'status', 'VmHWM'))).toBeLessThan(2048)
  end()
  await ended
})

test('a group whose leader was reaped is killed, but not where somebody is called by its id by now', async () => {
  const { tell, end, ended } = await startGuard()
  // Led by one who has ended, and by one who lives, as only another group with its id can be.
  const [{ group, member }, foreign, finished] = [await startLeaderless(), startGroup(), await startLeaderless()]
  await tell(
    ...[group, foreign, finished.group].flatMap((id) => [`started ${id}`, `reaped ${id}`]),
    `over ${finished.group}`,
  )
  end()
  expect(await ended).toEqual([0, null])
  expect(await fates([member, foreign, finished.member])).toEqual([false, true, true])
})

const parentScript = `
setsid sleep "$1" 3<&- 4<&- & echo $!
/bin/sh -c "$2" guard $$ <&3 3<&4 4<&- & echo $!
read _
setsid sleep "1$1" 3<&- 4<&- & echo $!
read _
setsid sleep "$1" 3<&- 4<&- & echo $!
read _`

/** A parent that is killed with a program just started, beside others of the same command line that are not it. */
async function orphaned(told: readonly string[] = [], isLate = false) {
  const seconds = `3${process.hrtime.bigint()}`
  const readCommand = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'latin1')
  const isSleep = (pid: number) => readCommand(pid) === `sleep\0${seconds}\0`
  const stdio = ['pipe', 'pipe', 'ignore', 'pipe', 'pipe'] as const
  const parent = spawn('sh', ['-c', parentScript, 'parent', seconds, guardScript], { stdio: [...stdio] })
  noted(parent)
  const lines = createInterface(parent.stdout!)[Symbol.asyncIterator]()
  const nextPid = async (): Promise<number> => {
    const pid = Number((await lines.next()).value)
    started.add(pid)
    return pid
  }
  const [older, guard] = [await nextPid(), await nextPid()]
  await isReady(guard)
  // The system counts in hundredths of a second: what begins in the next one is younger.
  const begin = hundredths()
  await until(() => isSleep(older) && hundredths() > begin)
  const [, , , calls, log] = parent.stdio as unknown as Writable[]
  const messages = [announced(`sleep\0${seconds}`), ...told]
  if (isLate) {
    process.kill(guard, 'SIGSTOP')
    log!.write(written(messages))
  } else await telling(guard, calls!, log!)(...messages)
  // The others first: it looks in the order of their ids, and for no second one.
  const foreign = startGroup(seconds)
  parent.stdin!.write('\n')
  const other = await nextPid()
  parent.stdin!.write('\n')
  const unknown = await nextPid()
  await until(() => isSleep(unknown) && isSleep(foreign) && readCommand(other).startsWith('sleep'))
  if (isLate) {
    const begun = hundredths()
    await until(() => hundredths() > begun + 1)
    process.kill(guard, 'SIGCONT')
  }
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  ending(calls!, log!)
  await until(() => !lives(guard))
  return fates([older, foreign, other, unknown])
}

test('only the parent’s unknown program is killed: none that is older, another’s child or of another command line', async () => {
  expect(await orphaned()).toEqual([true, true, true, false])
})

test('it is found also by a guard that hears of its start late', async () => {
  expect(await orphaned([], true)).toEqual([true, true, true, false])
})

test.each(['failed', 'started 5000001'])('after %s nothing is looked for', async (told) => {
  expect(await orphaned([told])).toEqual([true, true, true, true])
})

test('while its parent lives an announcement alone kills nobody', async () => {
  const { tell, end, ended } = await startGuard()
  const seconds = `3${process.hrtime.bigint()}`
  await tell(announced(`sleep\0${seconds}`))
  const foreign = startGroup(seconds)
  end()
  expect(await ended).toEqual([0, null])
  expect(await survives(foreign)).toBe(true)
})
