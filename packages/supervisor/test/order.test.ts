import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { compileProgram } from './support/build.ts'
import { drawing, NumberJudge, SizeJudge } from './support/judge.ts'
import { Run } from './support/supervisor.ts'
import type { Start } from './support/supervisor.ts'

const writer = compileProgram('writer')

async function judged(command: string[], start: Start = {}) {
  const judge = new NumberJudge()
  const run = new Run(command, { ...start, onOutput: judge.take })
  await run.over()
  expect((await run.exited()).code).toBe(0)
  return judge.verdict()
}

const inOrder = (records: number) => ({ records, wrongSuccessors: 0, largestDisplacement: 0 })

/** The reader takes nothing for a while, again and again, for times that differ. */
function stall(run: Run): void {
  const draw = drawing(7)
  const go = async () => {
    while (run.process.exitCode === null) {
      run.socket.pause()
      await pause(draw() % 20)
      run.socket.resume()
      await pause(draw() % 20)
    }
  }
  void go()
}

/** Something else to do for every core, and for one more. */
function keepCoresBusy(): void {
  for (let core = 0; core <= availableParallelism(); core += 1) {
    const child = spawn('sh', ['-c', 'while :; do :; done'], { stdio: 'ignore' })
    onTestFinished(() => {
      child.kill('SIGKILL')
    })
  }
}

test('a program that alternates between its outputs is read in its order', { timeout: 60_000 }, async () => {
  expect(await judged([writer, 'alternate', '500000'])).toEqual(inOrder(500_000))
})

test('a program that chooses its output by chance is read in its order', { timeout: 60_000 }, async () => {
  expect(await judged([writer, 'random', '1000000'])).toEqual(inOrder(1_000_000))
})

test('writes of one byte to a MiB are read whole and in their order', { timeout: 60_000 }, async () => {
  const judge = new SizeJudge()
  const run = new Run([writer, 'sizes', '1000'], { onOutput: judge.take })
  await run.over()
  expect(judge.verdict()).toEqual({ records: 1000, wrong: 0, left: 0 })
})

test('what is written by a process each is read in its order', { timeout: 60_000 }, async () => {
  expect(await judged([writer, 'processes', '2000'])).toEqual(inOrder(2000))
})

test('what a shell and its programs print is read in its order', { timeout: 60_000 }, async () => {
  const script = 'i=0; while [ $i -lt 300 ]; do echo $i; /bin/echo $((i+1)) >&2; i=$((i+2)); done'
  const run = new Run(['sh', '-c', script])
  await run.over()
  const lines = run.printedInOrder().map((line, index) => line === `${1 + (index % 2)}:${index}\n`)
  expect([lines.length, lines.filter((right) => !right).length]).toEqual([300, 0])
})

test('of several writers at once each is read in its own order', { timeout: 60_000 }, async () => {
  const judges = [new NumberJudge(), new NumberJudge(), new NumberJudge(), new NumberJudge()]
  const run = new Run([writer, 'several', '50000'], {
    onOutput: ({ payload }) => {
      for (let at = 0; at < payload.length; at += 8)
        judges[payload.readUInt32LE(at)]!.judge(payload.readUInt32LE(at + 4))
    },
  })
  await run.over()
  expect(judges.map((judge) => judge.verdict())).toEqual(judges.map(() => inOrder(50_000)))
})

test('a reader that stalls by chance reads in the order of the writes', { timeout: 60_000 }, async () => {
  const numbers = new NumberJudge()
  const run = new Run([writer, 'random', '200000'], { onOutput: numbers.take })
  stall(run)
  await run.over()
  expect(numbers.verdict()).toEqual(inOrder(200_000))

  const sizes = new SizeJudge()
  const long = new Run([writer, 'sizes', '500'], { onOutput: sizes.take })
  stall(long)
  await long.over()
  expect(sizes.verdict()).toEqual({ records: 500, wrong: 0, left: 0 })
})

test('while all cores are busy the order is that of the writes', { timeout: 60_000 }, async () => {
  keepCoresBusy()
  expect(await judged([writer, 'random', '50000'])).toEqual(inOrder(50_000))
})

test('without exact order the judge finds records out of place', { timeout: 60_000 }, async () => {
  const { records, wrongSuccessors } = await judged([writer, 'alternate', '50000'], { options: ['--order=arrival'] })
  expect(records).toBe(50_000)
  expect(wrongSuccessors).toBeGreaterThan(0)
})

test('through a file that is opened anew, as /dev/stderr, each stream is whole and in its own order', async () => {
  // Such a file is not in packet mode, whoever opened it: two writes to it may be read as one, and pass one to the other.
  const script = 'for i in {0..999}; do echo $i; echo $i >/dev/stderr; done'
  const run = new Run(['bash', '-c', script])
  await run.over()
  const numbers = Array.from({ length: 1000 }, (_, index) => `${index}\n`).join('')
  expect([run.text(1), run.text(2)]).toEqual([numbers, numbers])
})

test(
  'what a program writes into a pipe that it has made larger comes without its next write',
  { timeout: 60_000 },
  async () => {
    // Python has no name for the operation before 3.10: it is 1031 on every Linux.
    const script = `
import fcntl, os, sys
fcntl.fcntl(1, 1031, 65536)
for text in [b'one ', b'two ', b'password? ']: os.write(1, text)
sys.stdin.readline()`
    for (let round = 0; round < 20; round++) {
      const run = new Run(['python3', '-c', script], { stdin: 'pipe' })
      await run.printed('password? ')
      run.endInput('x\n')
      await run.over()
      expect(run.text(1)).toBe('one two password? ')
    }
  },
)
