import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { buildSupervisor, compileProgram } from './support/build.ts'
import { bothSleep, childrenOf, state, statusOf, until } from './support/processes.ts'
import { Run } from './support/supervisor.ts'

const writer = compileProgram('writer')
const reader = compileProgram('reader')

const orders = [['exact'], ['arrival']]

test.each(orders)('with %s order a reader that stalls stalls the writer, and both sleep', async (order) => {
  let taken = 0
  const run = new Run([writer, 'endless'], {
    options: [`--order=${order}`],
    onOutput: ({ payload }) => (taken += payload.length),
  })
  const pid = await run.pid()
  await until(() => taken > 5_000_000)
  run.socket.pause()
  await bothSleep(run.process.pid!, pid)
  const [before, writes] = [taken, statusOf(pid, 'voluntary_ctxt_switches')]
  await bothSleep(run.process.pid!, pid)
  expect([taken, statusOf(pid, 'voluntary_ctxt_switches')]).toEqual([before, writes])
  run.socket.resume()
  await until(() => taken > before + 5_000_000)
  run.stop()
  await run.over()
})

test.each(orders)(
  'with %s order the supervisor’s memory stays the same over a GiB',
  { timeout: 60_000 },
  async (order) => {
    let taken = 0
    const run = new Run(['dd', 'if=/dev/zero', 'bs=1M', 'count=1024', 'status=none'], {
      options: [`--order=${order}`],
      onOutput: ({ payload }) => (taken += payload.length),
    })
    const memory = () => Number.parseInt(statusOf(run.process.pid!, 'VmRSS'))
    await until(() => taken > 64 << 20)
    const before = memory()
    await until(() => taken > 960 << 20)
    const after = memory()
    await run.over()
    expect(taken).toBe(1 << 30)
    expect(after - before).toBeLessThan(256)
    expect(after).toBeLessThan(4096)
  },
)

test('a stalled reader does not keep a `stop` from ending the program', async () => {
  let taken = 0
  const run = new Run([writer, 'endless'], { onOutput: ({ payload }) => (taken += payload.length) })
  const pid = await run.pid()
  await until(() => taken > 1_000_000)
  run.socket.pause()
  await bothSleep(run.process.pid!, pid)
  run.stop()
  await until(() => state(pid) === '')
  run.socket.resume()
  expect((await run.over()).end.unfinished).toBe(0)
})

test('a supervisor that cannot hand over its last frames leaves when the socket closes', async () => {
  const run = new Run([writer, 'endless'], { onOutput: () => undefined })
  const pid = await run.pid()
  run.socket.pause()
  await bothSleep(run.process.pid!, pid)
  run.stop()
  await until(() => state(pid) === '')
  expect(state(run.process.pid!)).toBe('S')
  run.socket.destroy()
  expect((await run.ended).code).toBe(1)
})

test('the supervisor waits until its last frame is taken, so that no message to it fails before', async () => {
  // More than Node reads ahead, and less than the socket takes.
  const run = new Run(['head', '-c', '150000', '/dev/zero'])
  run.socket.pause()
  await until(() => childrenOf(run.process.pid!).length === 0 && state(run.process.pid!) === 'S')
  await bothSleep(run.process.pid!)
  run.signal(constants.signals.SIGCONT)
  run.stop()
  run.socket.resume()
  await run.over()
  expect(run.kinds().at(-1)).toBe('over')
})

test('a program that prints on after `stop` is read on, and not kept from ending by itself', async () => {
  const script =
    'trap "i=0; while [ \\$i -lt 3000 ]; do echo \\$i 0123456789012345678901234567890; i=\\$((i+1)); done; exit 5" TERM'
  const run = new Run(['sh', '-c', `${script}; echo ready; while :; do sleep 0.01; done`])
  await run.printed('ready')
  run.stop()
  await run.over()
  expect((await run.exited()).code).toBe(5)
})

test('what is written to a socket as file 0 reaches the program, and its end too', async () => {
  const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => index % 253))
  const chunks: Buffer[] = []
  const run = new Run(['cat', '/dev/stdin'], { stdin: 'pipe', onOutput: ({ payload }) => void chunks.push(payload) })
  run.endInput(bytes)
  await run.over()
  expect(Buffer.concat(chunks).equals(bytes)).toBe(true)
})

test('a program that does not read its input stalls whoever writes it', async () => {
  const run = new Run(['sleep', '1000'], { stdin: 'pipe' })
  const pid = await run.pid()
  const written = run.process.stdin!.write(Buffer.alloc(8 << 20))
  await bothSleep(run.process.pid!, pid)
  expect([written, run.process.stdin!.writableLength]).toEqual([false, 8 << 20])
  expect(Number.parseInt(statusOf(run.process.pid!, 'VmRSS'))).toBeLessThan(4096)
  run.stop()
  await run.over()
})

test('when the program closes its input, whoever writes it is told, also when there is nothing to relay', async () => {
  const run = new Run([reader], { stdin: 'pipe' })
  run.process.stdin!.write('line\n')
  await run.printed('line closed')
  // Node looks at its end only when it writes: so the other end is looked at.
  await until(() => !readdirSync(`/proc/${run.process.pid!}/fd`).includes('0'))
  await until(() => !run.process.stdin!.write('more') && run.process.stdin!.destroyed)
  run.stop()
  await run.over()
})

test('the input ends when the program does, whatever is still unread of it', async () => {
  const run = new Run(['sh', '-c', 'exit 0'], { stdin: 'pipe' })
  run.process.stdin!.write(Buffer.alloc(8 << 20))
  await run.over()
  await until(() => run.process.stdin!.destroyed)
})

test('an input that its writer leaves without saying that it was all does not end, and one of which he says so does', async () => {
  const run = new Run(['sh', '-c', 'echo ready; cat; echo whole'], { stdin: 'pipe' })
  await run.printed('ready')
  run.process.stdin!.end('half')
  await run.printed('half')
  expect(run.text(1)).toBe('ready\nhalf')
  run.send([3, 0, 0, 0])
  await run.over()
  expect(run.text(1)).toBe('ready\nhalfwhole\n')
})

test('a program never takes half an input for the whole because the library dies', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rivulet-input-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (let round = 0; round < 20; round++) {
    const run = new Run(['sh', '-c', `echo ready; cat >/dev/null; echo whole >${folder}/written`], { stdin: 'pipe' })
    await run.printed('ready')
    run.process.stdin!.write('half')
    run.process.stdin!.destroy()
    run.socket.destroy()
    await run.ended
  }
  expect(readdirSync(folder)).toEqual([])
})

test('a pipe as file 0 is handed on, and whoever writes it is told when the program closes it', async () => {
  // `yes` ends with an error only when nobody can read any more: neither the program nor the supervisor.
  const run = new Run(['sh', '-c', 'head -c 4; exec <&-; exec sleep 1000'], {
    supervisor: ['bash', '-c', 'exec "$0" "$@" < <(yes 2>/dev/null; echo gone >&2)', buildSupervisor()],
    stderr: 'pipe',
  })
  const [told] = (await once(run.process.stderr!, 'data')) as [Buffer]
  expect(told.toString()).toBe('gone\n')
  run.stop()
  await run.over()
  expect(run.text(1)).toBe('y\ny\n')
})
