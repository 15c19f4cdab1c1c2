import { expect, test } from 'vitest'
import { batch, idleTimeout, IdleTimeoutError, share } from '../../src/core/index.ts'
import { run } from '../../src/process/index.ts'
import { makeCookie } from '../support/processes.ts'
import { rejectionOf } from '../support/programs.ts'

/** What everyone writes between a run and its reader. */
async function* texts(lines: AsyncIterable<[string, string]>): AsyncGenerator<string> {
  for await (const [, text] of lines) if (text !== '') yield text.toUpperCase()
}

test('idleTimeout ends a program that has fallen silent, through a generator in between, before it throws', async () => {
  const { env, living } = makeCookie()
  const child = run('sh', ['-c', 'echo one; echo; sleep 300 & wait'], { env })
  const stream = idleTimeout(texts(child.lines()), 1000)
  expect(await stream.next()).toEqual({ done: false, value: 'ONE' })
  expect(await rejectionOf(stream.next())).toBeInstanceOf(IdleTimeoutError)
  expect(living()).toEqual([])
  expect(await child.status).toMatchObject({ reason: 'killed' })
})

test('a program whose lines are shared goes on while anybody reads, and is over when the last has left', async () => {
  const { env, living } = makeCookie()
  const child = run('sh', ['-c', 'echo one; echo two; sleep 300 & wait'], { env })
  const shared = share(texts(child.lines()))
  const [one, other] = [shared.read(), shared.read()]
  expect((await Promise.all([one.next(), other.next()])).map(({ value }) => value)).toEqual(['ONE', 'ONE'])
  await one.return()
  expect(await other.next()).toEqual({ done: false, value: 'TWO' })
  expect(living()).not.toEqual([])
  await other.return()
  expect(living()).toEqual([])
  expect(await child.status).toMatchObject({ reason: 'killed' })
})

test('a program whose lines are gathered is over when a batch that is not full is no longer waited for', async () => {
  const { env, living } = makeCookie()
  const child = run('sh', ['-c', `printf 'one\\ntwo\\n'; sleep 300 & wait`], { env })
  const stream = batch(texts(child.lines()), { size: 100, ms: 200 })
  expect(await stream.next()).toEqual({ done: false, value: ['ONE', 'TWO'] })
  await stream.return()
  expect(living()).toEqual([])
})
