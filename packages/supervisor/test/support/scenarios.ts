import { constants } from 'node:os'
import { expect } from 'vitest'
import { NumberJudge } from './judge.ts'
import { bothSleep, state, until } from './processes.ts'
import { Run } from './supervisor.ts'
import type { Start } from './supervisor.ts'

/** Programs that were compiled for the tests. */
export interface Programs {
  writer: string
  family: string
}

/** A run that goes through a part of the supervisor, and what is to be seen of it; `start` chooses the supervisor. */
export type Scenario = (start: Start, programs: Programs) => Promise<Run>

/** One of each kind, for those who look for mistakes while they run; what they do in detail is tested elsewhere. */
export const scenarios: Record<string, Scenario> = {
  'output in exact order, with a reader that stalls': async (start, { writer }) => {
    const judge = new NumberJudge()
    const run = new Run([writer, 'random', '5000'], { ...start, onOutput: judge.take })
    await run.pid()
    run.socket.pause()
    const pid = await run.pid()
    await until(() => ['S', ''].includes(state(pid)))
    run.socket.resume()
    await run.over()
    expect(judge.verdict()).toEqual({ records: 5000, wrongSuccessors: 0, largestDisplacement: 0 })
    return run
  },

  'long writes in exact order, until nothing more fits': (start, { writer }) => fill(start, 'exact', writer),

  'long writes in the order of their arrival, until nothing more fits': (start, { writer }) =>
    fill(start, 'arrival', writer),

  'output in the order of its arrival': async (start, { writer }) => {
    let taken = 0
    const run = new Run([writer, 'random', '5000'], {
      ...start,
      options: ['--order=arrival'],
      onOutput: ({ payload }) => (taken += payload.length),
    })
    await run.over()
    expect(taken).toBe(20_000)
    return run
  },

  'input through a socket': async (start) => {
    let taken = 0
    const onOutput = ({ payload }: { payload: Buffer }) => (taken += payload.length)
    const run = new Run(['cat'], { ...start, stdin: 'pipe', onOutput })
    run.endInput(Buffer.alloc(500_000))
    await run.over()
    expect(taken).toBe(500_000)
    return run
  },

  'signals in parts': async (start) => {
    const run = new Run(['sh', '-c', 'trap "exit 5" USR1; echo ready; while :; do sleep 0.01; done'], start)
    await run.printed('ready')
    run.send([1, constants.signals.SIGUSR1])
    run.send([0, 0])
    await run.over()
    expect((await run.exited()).code).toBe(5)
    return run
  },

  'a daemon that ignores SIGTERM, at a stop': async (start, { family }) => {
    const run = new Run([family, 'daemon'], { ...start, options: ['--contain', '--kill-after-ms=50'] })
    await run.printed('ready')
    run.stop()
    expect((await run.over()).strays).toBe(1)
    return run
  },

  'leftovers, at the run’s own end': async (start) => {
    const script = 'setsid sleep 1000 >/dev/null 2>&1 & sleep 1000 >/dev/null 2>&1 &'
    const run = new Run(['sh', '-c', script], { ...start, options: ['--contain'] })
    expect((await run.over()).strays).toBe(2)
    return run
  },

  'processes of several threads': async (start, { family }) => {
    const run = new Run([family, 'threaded'], { ...start, options: ['--contain'] })
    await run.printed('ready')
    run.stop()
    expect((await run.over()).strays).toBe(1)
    return run
  },

  'a fork bomb': async (start, { family }) => {
    const run = new Run([family, 'bomb', '200'], { ...start, options: ['--contain', '--kill-after-ms=20'] })
    await run.printed('many')
    run.stop()
    await run.over()
    return run
  },

  'a program that there is not': async (start) => {
    const run = new Run(['/nowhere'], start)
    expect(await run.refused()).toEqual({ phase: 2, errno: constants.errno.ENOENT })
    return run
  },

  'a cwd that there is not': async (start) => {
    const run = new Run(['true'], { ...start, options: ['--cwd=/nowhere'] })
    expect((await run.refused()).phase).toBe(1)
    return run
  },

  'a message that cannot be understood': async (start) => {
    const run = new Run(['sleep', '1000'], start)
    await run.pid()
    run.send([9, 9, 9, 9])
    expect((await run.ended).code).toBe(1)
    return run
  },

  'a socket that closes': async (start, { writer }) => {
    const run = new Run([writer, 'endless'], { ...start, options: ['--contain'], onOutput: () => undefined })
    await run.pid()
    run.socket.destroy()
    expect((await run.ended).code).toBe(1)
    return run
  },
}

async function fill(start: Start, order: string, writer: string): Promise<Run> {
  let taken = 0
  const run = new Run([writer, 'endless'], {
    ...start,
    options: [`--order=${order}`],
    onOutput: ({ payload }) => (taken += payload.length),
  })
  const pid = await run.pid()
  run.socket.pause()
  await bothSleep(run.process.pid!, pid)
  run.socket.resume()
  const before = taken
  await until(() => taken > before + 4_000_000)
  run.stop()
  await run.over()
  return run
}
