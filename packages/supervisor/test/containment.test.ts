import { readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { compileProgram, temporaryFolder } from './support/build.ts'
import { childrenOf, lives, makeCookie, state, until } from './support/processes.ts'
import { Run } from './support/supervisor.ts'

const family = compileProgram('family')
const contain = ['--contain', '--kill-after-ms=100']

/** Each line is a process that outlives the shell that started it, in its own way. */
const leftovers: [string, string[]][] = [
  ['a process in the background', ['sh', '-c', 'sleep 1000 >/dev/null 2>&1 & echo ready']],
  ['one under nohup', ['sh', '-c', 'nohup sleep 1000 >/dev/null 2>&1 & echo ready']],
  ['one in a session of its own', ['sh', '-c', 'setsid sleep 1000 >/dev/null 2>&1 & echo ready']],
  [
    'one whose parents have ended',
    ['sh', '-c', '(setsid sh -c "sleep 1000 & exec sleep 1000" >/dev/null 2>&1 &) & echo ready'],
  ],
  ['a daemon that ignores SIGTERM', [family, 'daemon']],
  ['one that is never the same process for long', [family, 'comet']],
]

test.each(leftovers)('with `--contain` %s is ended at the run’s own end', async (_, command) => {
  const { env, living } = makeCookie()
  const run = new Run(command, { options: contain, env })
  const { strays, end } = await run.over()
  expect(living()).toEqual([])
  expect(strays).toBeGreaterThan(0)
  expect(end.code).toBe(0)
  expect(await run.exited()).toEqual({ code: 0, signal: 0, core: 0 })
})

test.each(leftovers)('with `--contain` %s is ended by `stop`', async (_, [file = '', ...args]) => {
  const { env, living } = makeCookie()
  const command = file === 'sh' ? ['sh', '-c', `${args[1] ?? ''}; exec sleep 1000`] : [file, ...args]
  const run = new Run(command, { options: contain, env })
  await run.printed('ready')
  run.stop()
  await run.over()
  expect(living()).toEqual([])
})

test.each(leftovers)('with `--contain` %s is killed when the socket closes', async (_, command) => {
  const { env, living } = makeCookie()
  const run = new Run(command, { options: ['--contain', '--kill-after-ms=60000'], env })
  await run.printed('ready')
  run.socket.destroy()
  await run.ended
  expect(living()).toEqual([])
})

const hardToSee: [string, string][] = [
  ['whose first thread has ended', 'headless'],
  ['that another thread than the first has started', 'threaded'],
  ['whose name reads like the state of a zombie', 'misleading'],
]

test.each(hardToSee)('a process %s is asked to end, and counted', async (_, how) => {
  const { env, living } = makeCookie()
  const run = new Run([family, how], { options: ['--contain', '--kill-after-ms=60000'], env })
  await run.printed('ready')
  run.stop()
  expect((await run.over()).strays).toBe(1)
  expect(living()).toEqual([])
})

test('a zombie that nobody reaps is no stray, and is not waited for', async () => {
  const run = new Run([family, 'zombie'], { options: contain })
  await run.printed('ready')
  run.stop()
  expect((await run.over()).strays).toBe(0)
})

test.each([['100'], ['0']])('a fork bomb is ended, with %s ms to end by itself', { timeout: 30_000 }, async (grace) => {
  const { env, living } = makeCookie()
  const run = new Run([family, 'bomb', '1500'], { options: ['--contain', `--kill-after-ms=${grace}`], env })
  await run.printed('many')
  run.stop()
  const { strays } = await run.over()
  expect(living()).toEqual([])
  expect(strays).toBeGreaterThan(100)
})

test('a fork bomb is killed when the socket closes', { timeout: 30_000 }, async () => {
  const { env, living } = makeCookie()
  const run = new Run([family, 'bomb', '1500'], { options: ['--contain'], env })
  await run.printed('many')
  run.socket.destroy()
  await run.ended
  expect(living()).toEqual([])
})

/** For a session of its own: when it says so, it is there. */
const outside = "sh -c 'echo ready; exec sleep 1000 >/dev/null 2>&1'"

/** Three outside of the group, two in it. Each `setsid` is to have become its sleep before they are counted. */
const mixed =
  'for how in setsid setsid setsid env env; do $how sleep 1000 >/dev/null 2>&1 & pids="$pids $!"; done; ' +
  'for pid in $pids; do while [ "$(cat /proc/$pid/comm)" != sleep ]; do :; done; done;'

test('strays are who is left at the run’s own end, in the group as well', async () => {
  const run = new Run(['bash', '-c', `${mixed} exit 0`], { options: contain })
  expect((await run.over()).strays).toBe(5)
})

test('strays of a `stop` are who is outside of the group', async () => {
  const run = new Run(['bash', '-c', `${mixed} echo ready; exec sleep 1000`], { options: contain })
  await run.printed('ready')
  run.stop()
  expect((await run.over()).strays).toBe(3)
})

test('a process is one stray, whether it needed SIGKILL or not', async () => {
  const run = new Run(['sh', '-c', `trap "" TERM; sleep 1000 & setsid ${outside} & exec sleep 1000`], {
    options: ['--contain', '--kill-after-ms=20'],
  })
  await run.printed('ready')
  run.stop()
  expect((await run.over()).strays).toBe(1)
})

test('without `--contain` a `stop` ends the group, and nobody outside of it', async () => {
  const { env, living } = makeCookie()
  const script = `sleep 1000 >/dev/null 2>&1 & setsid ${outside} & wait`
  const run = new Run(['sh', '-c', script], { env })
  await run.printed('ready')
  run.stop()
  expect((await run.over()).strays).toBe(0)
  const left = living()
  for (const pid of left) process.kill(pid, 'SIGKILL')
  expect(left.length).toBe(1)
})

test('without `--contain` whoever is left at the run’s own end is let go', async () => {
  const { env, living } = makeCookie()
  const run = new Run(['sh', '-c', 'sleep 1000 >/dev/null 2>&1 &'], { env })
  expect((await run.over()).strays).toBe(0)
  const left = living()
  for (const pid of left) process.kill(pid, 'SIGKILL')
  expect(left.length).toBe(1)
})

test('without `--contain` a `stop` after the program’s end ends the rest of its group', async () => {
  const { env, living } = makeCookie()
  const run = new Run(['sh', '-c', 'trap "" TERM; sleep 1000 & exit 0'], { options: ['--kill-after-ms=100'], env })
  await run.exited()
  expect(living().filter((pid) => pid !== run.process.pid).length).toBe(1)
  run.stop()
  expect((await run.over()).strays).toBe(0)
  expect(living()).toEqual([])
})

test('the group can be signalled after the program’s end as long as there is one', async () => {
  const script = '(trap "echo caught; exit" USR1; echo ready; while :; do sleep 0.01; done) & exit 0'
  const run = new Run(['sh', '-c', script])
  await run.printed('ready')
  await run.exited()
  run.signal(constants.signals.SIGUSR1)
  await run.over()
  expect(run.text(1)).toContain('caught')
})

test('with `--contain` whoever is outside of the group is asked as well, and has as much time', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'log'), '')
  const outside = 'trap "sleep 0.1; echo asked; exit" TERM; echo ready; while :; do sleep 0.01; done'
  // The program ends only when the other has.
  const run = new Run(['sh', '-c', `setsid sh -c '${outside}' >log & trap "" TERM; echo ready; wait`], {
    options: ['--contain', '--kill-after-ms=60000', `--cwd=${folder}`],
  })
  const log = () => readFileSync(join(folder, 'log'), 'utf8')
  await run.printed('ready')
  await until(() => log().includes('ready'))
  run.stop()
  expect((await run.over()).strays).toBeGreaterThan(0)
  expect(log()).toContain('asked')
})

test('orphans are reaped, also without `--contain`', async () => {
  const script = 'for i in 1 2 3 4 5; do (true & true) & done; wait; echo ready; read line'
  const run = new Run(['sh', '-c', script], { stdin: 'pipe' })
  await run.printed('ready')
  await until(() => childrenOf(run.process.pid!).every((pid) => state(pid) !== 'Z'))
  run.endInput('\n')
  await run.over()
})

test('when the supervisor is killed the program dies, its group can be killed, and whoever left the group lives on', async () => {
  const { env, living } = makeCookie()
  const script = `sleep 1000 >/dev/null 2>&1 & setsid ${outside} & exec sleep 1000`
  const run = new Run(['sh', '-c', script], { options: ['--contain'], env })
  onTestFinished(() => living().forEach((pid) => process.kill(pid, 'SIGKILL')))
  await run.printed('ready')
  const pid = await run.pid()
  await until(() => living().filter((each) => each !== run.process.pid).length === 3)
  run.process.kill('SIGKILL')
  expect((await run.ended).signal).toBe('SIGKILL')
  await until(() => !lives(pid))
  expect(run.kinds()).toEqual(['made', 'started', 'output 1'])
  expect(living().length).toBe(2)
  process.kill(-pid, 'SIGKILL')
  await until(() => living().length === 1)
})

test('a `stop` or a signal may come at any time around the end', async () => {
  for (let round = 0; round < 150; round += 1) {
    const run = new Run(['sh', '-c', round % 2 === 0 ? 'exit 3' : 'sleep 0.002 & exit 3'], {
      options: round % 3 === 0 ? [] : ['--contain'],
    })
    if (round % 5 === 0) await run.next('started')
    if (round % 5 === 1) await run.next('exited')
    run.signal(constants.signals.SIGCONT)
    run.stop()
    expect((await run.over()).end.code).toBe(0)
  }
})
