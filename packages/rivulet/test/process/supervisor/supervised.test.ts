import { once } from 'node:events'
import { expect, test } from 'vitest'
import { Queue } from '../../../src/core/index.ts'
import { Mapped } from '../../../src/process/views/mapped.ts'
import { ExitError, run, SpawnError, type Run, type RunOptions } from '../../../src/process/index.ts'
import { contract } from '../../support/contract.ts'
import { firstLine, fixturePath, startFixture } from '../../support/fixture.ts'
import { findProcesses, lives, makeCookie, sessionOf, state, until } from '../../support/processes.ts'
import { readAll, rejectionOf, shell } from '../../support/programs.ts'

contract(
  "run().lines() with order: 'exact'",
  { closesSource: false, takesSignal: true, scripted: true, anyItem: false, throws: false, sample: ['one', '', '0'] },
  ({ items = [], then = 'wait', signal }) => {
    const prints = items.map((item) => `echo '${String(item)}'; `).join('')
    const end = then === 'end' ? '' : 'exec sleep 300'
    const child = shell(`${prints}${end}`, { signal, order: 'exact' })
    return { touched: () => child.pid !== undefined, stream: new Mapped(child.lines(), ([, text]) => text) }
  },
)

const writers: [name: string, file: string, args: string[]][] = [
  ['a shell', 'sh', ['-c', 'n=0; while [ $n -lt 5000 ]; do n=$((n + 2)); echo $((n - 1)); echo $n >&2; done']],
  [
    'Python',
    'python3',
    ['-c', 'import sys\nfor n in range(1, 5001): print(n, file=sys.stdout if n % 2 else sys.stderr, flush=True)'],
  ],
  ['Perl', 'perl', ['-e', '$| = 1; for (1..5000) { if ($_ % 2) { print "$_\\n" } else { print STDERR "$_\\n" } }']],
  ['Node', 'node', ['-e', `for (let n = 1; n <= 5000; n++) require('fs').writeSync(2 - (n % 2), n + '\\n')`]],
]

test.each(writers)(
  'lines that %s writes come in the order of the writes, and the status says so',
  async (_, ...command) => {
    const child = run(...command, { order: 'exact' })
    const lines = await readAll(child.lines())
    expect(lines.map(([, line]) => Number(line))).toEqual(Array.from({ length: 5000 }, (_, at) => at + 1))
    expect(await child.status).toMatchObject({ code: 0, reason: 'exited', order: 'exact', drained: true })
  },
)

test("'auto' takes exact order where it is", async () => {
  const { order } = await shell('true', { order: 'auto' }).wait()
  expect(order).toBe('exact')
})

const noSuchFolder: RunOptions = { cwd: '/no/such/folder' }

test.each([
  ['a file that is not there', ['no-such-program'], {}],
  ['a file that is not executable', ['/etc/passwd'], {}],
  ['a folder that is not there', ['true'], noSuchFolder],
  ['arguments that are too long', ['true', ...Array<string>(30).fill('x'.repeat(100_000))], {}],
  ['a NUL byte', ['true', 'a\0b'], {}],
])('%s is the same error with the supervisor as without', async (_, [file = '', ...args], options) => {
  const errors = await Promise.all(
    [{}, { order: 'exact' as const }].map((how) => rejectionOf(run(file, args, { ...options, ...how }).next())),
  )
  const [plain, supervised] = errors.map((error) => {
    expect(error).toBeInstanceOf(SpawnError)
    const { code, message } = error as SpawnError
    return { code, message }
  })
  expect(supervised).toEqual(plain)
})

test('what leaves the group is ended with the run, and counted', async () => {
  const { env, living } = makeCookie()
  const child = shell(`setsid sh -c 'echo up; exec sleep 300' & wait`, { contain: true, env })
  for await (const [, line] of child.lines()) {
    expect(line).toBe('up')
    break
  }
  expect(living()).toEqual([])
  expect(await child.status).toMatchObject({ reason: 'killed', strays: 1, order: 'arrival' })
})

test('what is left when the program has ended by itself is ended too, and counted', async () => {
  const { env, living } = makeCookie()
  const status = await shell('setsid sleep 300 >/dev/null 2>&1 & sleep 301 >/dev/null 2>&1 & true', {
    contain: true,
    env,
  }).wait()
  expect(status).toMatchObject({ code: 0, reason: 'exited', strays: 2 })
  expect(living()).toEqual([])
})

const views: [name: string, view: (child: Run) => AsyncIterable<unknown>][] = [
  ['both streams', (child) => child],
  ['stdout, with stderr inherited', (child) => child.stdout({ stderr: 'inherit' })],
  ['stderr, with stdout inherited', (child) => child.stderr({ stdout: 'inherit' })],
]

test.each(views)(
  'when %s is read to the end, that is no cut, however long what is left takes to end',
  async (_, view) => {
    const { env, living } = makeCookie()
    // Both streams are closed, and SIGTERM ignored, before there is anyone who could be left.
    const script = `exec >/dev/null 2>&1; trap '' TERM; setsid sleep 300 &`
    const child = shell(script, { order: 'exact', contain: true, drainMs: 20, killAfterMs: 200, env })
    expect(await readAll(view(child))).toEqual([])
    expect(await child.status).toMatchObject({ code: 0, reason: 'exited', drained: true, strays: 1 })
    expect(living()).toEqual([])
  },
)

test.each(views)('a run of which %s is read ends with its program, and nothing of it is cut', async (_, view) => {
  const child = shell('exit 0', { order: 'exact' })
  expect(await readAll(view(child))).toEqual([])
  expect(await child.status).toMatchObject({ code: 0, reason: 'exited', drained: true, order: 'exact' })
})

test('when the supervisor is killed the program and its group die with it, and the loop throws', async () => {
  const { env, living } = makeCookie()
  const child = shell('sleep 300 & echo up; wait', { order: 'exact', env })
  expect((await child.next()).value?.[0]).toBe('stdout')
  const supervisor = living().find((pid) => pid < (child.pid ?? 0))
  if (supervisor === undefined) throw new Error('There is no supervisor')
  process.kill(supervisor, 'SIGKILL')
  expect(await rejectionOf(child.next())).toBeInstanceOf(ExitError)
  expect(await child.status).toMatchObject({ code: null, signalCode: 'SIGKILL', reason: 'killed' })
  await until(() => !lives(child.pid ?? 0))
  expect(living()).toEqual([])
})

test('a supervisor that its program kills with its first breath leaves nothing either', async () => {
  const { env, living } = makeCookie()
  for (let round = 0; round < 30; round++) {
    const child = shell('kill -KILL $PPID; exec sleep 300', { order: 'exact', env, check: false })
    expect(await child.wait()).toMatchObject({ code: null, signalCode: 'SIGKILL', reason: 'killed' })
    expect((await child.status).startedAt).toBeTypeOf('number')
  }
  expect(living()).toEqual([])
})

test('a supervisor is in a session of its own, where what a terminal sends to ours does not reach it', async () => {
  const { env, living } = makeCookie()
  const child = shell('echo; exec sleep 300', { order: 'exact', env })
  await child.next()
  const [supervisor = 0] = findProcesses('rivulet-supervisor', process.pid).filter((pid) => living().includes(pid))
  expect(lives(supervisor)).toBe(true)
  expect(sessionOf(supervisor)).toBe(supervisor)
  await child.return()
})

test('a supervisor that was stopped is woken to end its program', async () => {
  const { env, living } = makeCookie()
  const child = shell('kill -STOP $PPID; echo; exec sleep 300', { contain: true, env })
  const pending = child.next()
  await until(() => living().some((pid) => state(pid) === 'T'))
  await child.return()
  expect((await pending).done).toBe(true)
  expect(living()).toEqual([])
})

test('of the input of a run that is left before its program runs nothing is asked', async () => {
  const queue = new Queue<string>({ capacity: 1 })
  await queue.put('precious')
  const child = run('cat', [], { order: 'exact', input: queue })
  const pending = child.next()
  await child.return()
  await pending
  expect(queue.tryGet()).toEqual({ value: 'precious' })
})

test('a program can open its stdin and stderr by name', async () => {
  const { stdout, stderr } = await shell('cat /dev/stdin; echo err >/dev/stderr', {
    order: 'exact',
    input: 'in',
  }).collect()
  expect([stdout, stderr]).toEqual(['in', 'err\n'])
})

test.each([
  ['a signal', 'SIGKILL'],
  ['a signal', 'SIGTERM'],
  ['a signal', 'SIGHUP'],
  ['process.exit', undefined],
  ['an uncaught throw', undefined],
  ['a crash', undefined],
] as const)('when our own process dies all ends with it, also who left the group: %s %s', async (way, killSignal) => {
  const { env, living } = makeCookie()
  const options = JSON.stringify({ order: 'exact', contain: true })
  const parent = startFixture('parent', [way, options], env, 'ignore')
  await firstLine(parent)
  if (killSignal !== undefined) parent.kill(killSignal)
  await once(parent, 'exit')
  await until(() => living().length === 0)
})

test('a SIGKILL to all of our own group leaves nothing either', async () => {
  const { env, living } = makeCookie()
  const options = JSON.stringify({ order: 'exact', contain: true })
  // Of a run the group is its own.
  const parent = run(process.execPath, [fixturePath('parent'), 'a signal', options], { env, check: false })
  await parent.next()
  parent.kill('SIGKILL')
  await readAll(parent)
  await until(() => living().length === 0)
})

test('a SIGKILL in the middle of starting three hundred leaves none, five times', async () => {
  for (let round = 0; round < 5; round++) {
    const { env, living } = makeCookie()
    const parent = startFixture('storm', [JSON.stringify({ order: 'exact' })], env)
    await firstLine(parent)
    await until(() => findProcesses('rivulet-supervisor', parent.pid).length >= round * round * 4)
    parent.kill('SIGKILL')
    await once(parent, 'exit')
    await until(() => living().length === 0)
  }
}, 60_000)
