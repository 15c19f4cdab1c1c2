import { spawnSync } from 'node:child_process'
import { constants } from 'node:os'
import { expect, test } from 'vitest'
import { buildSupervisor, temporaryFolder } from './support/build.ts'
import { lives, until } from './support/processes.ts'
import { Run } from './support/supervisor.ts'

const call = (...args: string[]) => spawnSync(buildSupervisor(), args, { encoding: 'utf8' })

test('a run begins with `made` and `started` and ends with `over`, and the supervisor exits with 0', async () => {
  const run = new Run(['sh', '-c', 'echo a; echo b >&2; echo c; exit 3'])
  expect(await run.over()).toEqual({ strays: 0, end: { code: 0, signal: null, unfinished: 0 } })
  expect(await run.exited()).toEqual({ code: 3, signal: 0, core: 0 })
  expect(run.printedInOrder()).toEqual(['1:a\n', '2:b\n', '1:c\n'])
  expect(run.kinds().slice(0, 2)).toEqual(['made', 'started'])
  expect(run.kinds().at(-1)).toBe('over')
  expect(run.kinds().slice(2, -1).sort()).toEqual([
    'closed 1',
    'closed 2',
    'exited',
    'output 1',
    'output 1',
    'output 2',
  ])
})

test('nothing of a stream follows its `closed`, and what is printed before the end is told before the end', async () => {
  const run = new Run(['sh', '-c', 'echo a; exec >&-; sleep 0.05; echo b >&2'])
  await run.over()
  const kinds = run.kinds()
  expect(kinds.slice(0, 5)).toEqual(['made', 'started', 'output 1', 'closed 1', 'output 2'])
})

test('`started` tells the id of the process, which leads its group and its session', async () => {
  const run = new Run(['sh', '-c', 'read _ _ _ _ group session _ </proc/$$/stat; echo $$ $group $session'])
  const pid = await run.pid()
  await run.over()
  expect(run.text(1)).toBe(`${pid} ${pid} ${pid}\n`)
})

test('a frame tells when it was read', async () => {
  const before = BigInt(Date.now()) * 1_000_000n
  const run = new Run(['sh', '-c', 'echo a'])
  await run.over()
  const after = BigInt(Date.now() + 1) * 1_000_000n
  const times = [before, ...run.frames.map((frame) => frame.time), after]
  expect(times).toEqual(times.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
})

test('the exit code, the signal and the core dump are told', async () => {
  // Whether there is a dump is for the system to say, which tells any parent.
  const dumping = 'ulimit -S -c unlimited; kill -ABRT $$'
  const options = [`--cwd=${temporaryFolder()}`]
  const perl = spawnSync('perl', ['-e', 'system(@ARGV); print $? & 128', 'sh', '-c', dumping], {
    cwd: temporaryFolder(),
  })
  const dumps = new Run(['sh', '-c', dumping], { options })
  await dumps.over()
  const core = perl.stdout.toString() === '128' ? 1 : 0
  expect(await dumps.exited()).toEqual({ code: -1, signal: constants.signals.SIGABRT, core })
  const forbidden = new Run(['sh', '-c', 'ulimit -c 0; kill -ABRT $$'])
  await forbidden.over()
  expect(await forbidden.exited()).toEqual({ code: -1, signal: constants.signals.SIGABRT, core: 0 })
  const killed = new Run(['sh', '-c', 'kill -KILL $$'])
  await killed.over()
  expect(await killed.exited()).toEqual({ code: -1, signal: constants.signals.SIGKILL, core: 0 })
  const plain = new Run(['sh', '-c', 'exit 255'])
  await plain.over()
  expect(await plain.exited()).toEqual({ code: 255, signal: 0, core: 0 })
})

test('with `--order=arrival` each stream is whole and in its own order', async () => {
  const run = new Run(['sh', '-c', 'i=0; while [ $i -lt 500 ]; do echo $i; echo $i >&2; i=$((i+1)); done'], {
    options: ['--order=arrival'],
  })
  await run.over()
  const numbers = Array.from({ length: 500 }, (_, index) => `${index}\n`).join('')
  expect([run.text(1), run.text(2)]).toEqual([numbers, numbers])
})

test('an inherited stream goes to the supervisor’s own, and no frame tells of it', async () => {
  const run = new Run(['sh', '-c', 'echo out; echo err >&2'], { options: ['--inherit-stdout'], stdout: 'pipe' })
  const chunks: Buffer[] = []
  run.process.stdout!.on('data', (chunk: Buffer) => chunks.push(chunk))
  await run.over()
  await until(() => run.process.stdout!.readableEnded)
  expect(Buffer.concat(chunks).toString()).toBe('out\n')
  expect(run.kinds().sort()).toEqual(['closed 2', 'exited', 'made', 'output 2', 'over', 'started'])
})

test('with both streams inherited a run is over when its program has exited', async () => {
  const run = new Run(['sh', '-c', 'echo out; echo err >&2'], { options: ['--inherit-stdout', '--inherit-stderr'] })
  await run.over()
  expect(run.kinds()).toEqual(['made', 'started', 'exited', 'over'])
})

test('an inherited pipe is closed as soon as the program closes it, whatever the supervisor has open', async () => {
  const run = new Run(['sh', '-c', 'exec >&-; echo closed >&2; exec sleep 1000'], {
    options: ['--inherit-stdout'],
    stdout: 'pipe',
  })
  run.process.stdout!.resume()
  await until(() => run.process.stdout!.readableEnded)
  run.stop()
  await run.over()
})

test('a program that runs on after closing its outputs is waited for', async () => {
  const run = new Run(['sh', '-c', 'exec >&- 2>&-; read line; exit 7'], { stdin: 'pipe' })
  await run.next('closed', (frame) => frame.stream === 1)
  await run.next('closed', (frame) => frame.stream === 2)
  run.endInput('line\n')
  await run.over()
  expect((await run.exited()).code).toBe(7)
})

test('whoever holds an output after the program’s end is read on until it lets go', async () => {
  const run = new Run(['sh', '-c', 'exec 5<&0; (read line <&5; echo late) & exit 0'], { stdin: 'pipe' })
  await run.exited()
  run.endInput('line\n')
  await run.over()
  expect(run.text(1)).toBe('late\n')
  expect(run.kinds().indexOf('exited')).toBeLessThan(run.kinds().indexOf('output 1'))
})

test('the verb `signal` signals the group, and settles nothing', async () => {
  const run = new Run(['sh', '-c', 'trap "echo caught; exit 5" USR1; echo ready; while :; do sleep 0.01; done'])
  await run.printed('ready')
  run.signal(constants.signals.SIGUSR1)
  await run.over()
  // The shell's sleep, which is in the group as well, may say that it was ended by the signal.
  expect(run.text(1)).toContain('caught')
  expect((await run.exited()).code).toBe(5)
})

test('`stop` asks the group to end, and wakes whoever is stopped', async () => {
  const run = new Run(['sh', '-c', 'trap "exit 6" TERM; echo ready; kill -STOP $$; while :; do sleep 0.01; done'])
  await run.printed('ready')
  run.stop()
  await run.over()
  expect((await run.exited()).code).toBe(6)
})

test('what the program prints after `stop`, while it ends, is told as before', async () => {
  const run = new Run(['sh', '-c', 'trap "echo bye; exit 6" TERM; echo ready; while :; do sleep 0.01; done'])
  await run.printed('ready')
  run.stop()
  await run.over()
  expect(run.text(1)).toBe('ready\nbye\n')
  expect((await run.exited()).code).toBe(6)
})

test('what will not end is killed after `--kill-after-ms`, and a second `stop` changes nothing', async () => {
  const run = new Run(['sh', '-c', 'trap "" TERM; echo ready; while :; do sleep 0.01; done'], {
    options: ['--kill-after-ms=100'],
  })
  await run.printed('ready')
  run.stop()
  run.stop()
  await run.over()
  expect((await run.exited()).signal).toBe(constants.signals.SIGKILL)
})

test('with `--kill-after-ms=0` a `stop` kills at once', async () => {
  const run = new Run(['sh', '-c', 'trap "exit 6" TERM; echo ready; while :; do sleep 0.01; done'], {
    options: ['--kill-after-ms=0'],
  })
  await run.printed('ready')
  run.stop()
  await run.over()
  expect((await run.exited()).signal).toBe(constants.signals.SIGKILL)
})

test('a message may come in parts, and several at once', async () => {
  const run = new Run(['sh', '-c', 'trap "echo caught" USR1; echo ready; while :; do sleep 0.01; done'])
  await run.printed('ready')
  run.send([1])
  run.send([constants.signals.SIGUSR1, 0])
  run.send([0, 1, constants.signals.SIGUSR1, 0, 0, 1, constants.signals.SIGCONT, 0, 0])
  await run.printed('caught')
  run.send([1, constants.signals.SIGCONT, 0, 0, 2, 0, 0, 0])
  await run.over()
})

test.each([
  ['an unknown verb', [9, 0, 0, 0]],
  ['the verb 0', [0, 0, 0, 0]],
  ['a signal that there is not', [1, 65, 0, 0]],
  ['signal 0', [1, 0, 0, 0]],
  ['something where there is to be nothing', [1, 10, 0, 1]],
  ['a stop with a signal', [2, 15, 0, 0]],
])('everything is killed at %s, and no frame tells of it', async (_, bytes) => {
  const run = new Run(['sh', '-c', 'trap "" TERM; echo ready; while :; do sleep 0.01; done'])
  await run.printed('ready')
  const pid = await run.pid()
  run.send(bytes)
  expect(await run.ended).toEqual({ code: 1, signal: null, unfinished: 0 })
  expect(run.kinds()).toEqual(['made', 'started', 'output 1'])
  expect(lives(pid)).toBe(false)
})

test.each([
  ['between two messages', []],
  ['within a message', [1, 10]],
])('everything is killed when the socket ends %s', async (_, bytes) => {
  const run = new Run(['sh', '-c', 'trap "" TERM; echo ready; while :; do sleep 0.01; done'])
  await run.printed('ready')
  const pid = await run.pid()
  run.socket.end(Buffer.from(bytes))
  expect(await run.ended).toEqual({ code: 1, signal: null, unfinished: 0 })
  expect(lives(pid)).toBe(false)
})

test('a signal that is meant for the program by its name does not end the supervisor', async () => {
  const run = new Run(['sh', '-c', 'echo ready; read line; exit 4'], { stdin: 'pipe' })
  await run.printed('ready')
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR1', 'SIGPIPE', 'SIGALRM'] as const)
    run.process.kill(signal)
  run.endInput('\n')
  expect((await run.over()).end.code).toBe(0)
  expect((await run.exited()).code).toBe(4)
})

test('`--probe` names the version of the protocol', () => {
  expect(call('--probe')).toMatchObject({ status: 0, stdout: 'rivulet-supervisor 1\n', stderr: '' })
})

test.each([
  [['--order=backwards', '--', 'true'], "--order is 'exact' or 'arrival', not 'backwards'"],
  [['--kill-after-ms=-1', '--', 'true'], "from 0 to 31536000000, not '-1'"],
  [['--kill-after-ms=', '--', 'true'], "not ''"],
  [['--kill-after-ms=99999999999999999999', '--', 'true'], 'a number of milliseconds'],
  [['--colour', '--', 'true'], "unknown argument '--colour'"],
  [['true'], "unknown argument 'true'"],
  [['--probe', '--contain'], "unknown argument '--probe'"],
  [['--contain'], 'no command given'],
  [['--'], 'no command given'],
  [[], 'no command given'],
  [['--', 'true'], 'file 3 has to be a socket'],
])('the arguments %j are refused with code 2 and one line on stderr', (args, message) => {
  const { status, stdout, stderr } = call(...args)
  expect([status, stdout, stderr.split('\n').length]).toEqual([2, '', 2])
  expect(stderr).toContain(message)
})
