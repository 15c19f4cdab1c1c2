import { setImmediate, clearImmediate } from 'node:timers'
import { expect, test } from 'vitest'
import { gate } from '../../support/probe-source.ts'
import { readAll, rejectionOf, shell } from '../../support/programs.ts'
import { turn } from '../../support/turn.ts'

/** Prints that many lines at once, so that they are read as one chunk, and then `end`. */
const printing = (lines: number, end: string): string =>
  `seq ${String(lines)} | dd bs=64k iflag=fullblock status=none; ${end}`

const waiting = 'exec sleep 300'

test('lines that are asked for at once are given in call order, then the end', async () => {
  const stream = shell(printing(2000, 'printf last')).lines()
  const results = await Promise.all(Array.from({ length: 2003 }, () => stream.next()))
  const expected = [...Array.from({ length: 2000 }, (_, at) => String(at + 1)), 'last']
  expect(results.map(({ value }) => value?.[1])).toEqual([...expected, undefined, undefined])
})

test('after an abort no line is given that came with one that was', async () => {
  const controller = new AbortController()
  const stream = shell(printing(100, waiting), { signal: controller.signal }).lines()
  expect((await stream.next()).value).toEqual(['stdout', '1'])
  controller.abort('stop')
  expect(await rejectionOf(stream.next())).toBe('stop')
  expect(await stream.next()).toEqual({ done: true, value: undefined })
})

test('after a failure of the input no line is given that came with one that was', async () => {
  const failure = gate()
  async function* input(): AsyncGenerator<string> {
    await failure.promise
    throw new Error('no more')
    yield ''
  }
  const stream = shell(printing(100, waiting), { input: input() }).lines()
  expect((await stream.next()).value).toEqual(['stdout', '1'])
  failure.open()
  await turn()
  expect(await rejectionOf(stream.next())).toEqual(new Error('no more'))
})

test('after the disposal of the run no line is given that came with one that was', async () => {
  const child = shell(printing(100, waiting))
  const stream = child.lines()
  expect((await stream.next()).value).toEqual(['stdout', '1'])
  await child.return()
  expect(await stream.next()).toEqual({ done: true, value: undefined })
})

test('an abort that comes with a batch is before its lines', async () => {
  const controller = new AbortController()
  const stream = shell(printing(100, waiting), { signal: controller.signal }).lines()
  const [first, second] = [stream.next(), stream.next()]
  await first.then(() => controller.abort('stop'))
  expect(await rejectionOf(second)).toBe('stop')
})

test('at the limit all lines are given that came before it', async () => {
  const lines = await readAll(shell(printing(2000, waiting), { maxOutputBytes: 5000, check: false }).lines())
  expect(lines.map(([, line]) => line).join('\n').length).toBe(5000)
})

test('the event loop has a turn at least once in 1,024 lines, however many come at once', async () => {
  let sinceTurn = 0
  let most = 0
  let handle: NodeJS.Immediate | undefined
  const count = (): void => {
    sinceTurn = 0
    handle = setImmediate(count)
  }
  count()
  for await (const _ of shell(`yes '' | head -n 200000`).lines()) most = Math.max(most, ++sinceTurn)
  clearImmediate(handle)
  // Seen from outside: the last before the turn, and the first after it.
  expect(most).toBeLessThanOrEqual(2 * 1024)
})

test('a next() that waits for the turn is done at once when its consumer leaves', async () => {
  const stream = shell(printing(3000, waiting)).lines()
  for (let i = 0; i < 1024; i++) await stream.next()
  let hadTurn = false
  const handle = setImmediate(() => (hadTurn = true))
  const pending = stream.next()
  const left = stream.return()
  expect(await pending).toEqual({ done: true, value: undefined })
  expect(hadTurn).toBe(false)
  clearImmediate(handle)
  await left
})
