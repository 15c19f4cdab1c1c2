import { describe, expect, test } from 'vitest'
import { run } from '../../src/process/index.ts'
import { readAll, rejectionOf } from '../support/programs.ts'

describe('input', () => {
  test('is a string, bytes or an AsyncIterable of them', async () => {
    async function* parts(): AsyncGenerator<string | Uint8Array> {
      yield 'a\n'
      yield new Uint8Array([98, 10])
    }
    for (const input of ['a\nb\n', new Uint8Array([97, 10, 98, 10]), parts()]) {
      const lines = await readAll(run('cat', [], { input }).lines())
      expect(lines.map(([, line]) => line)).toEqual(['a', 'b'])
    }
  })

  test('is empty without it, never ours', async () => {
    expect(await readAll(run('cat'))).toEqual([])
  })

  test('that is not read is no error, and an endless one is closed when the program ends', async () => {
    expect(await readAll(run('true', [], { input: 'x'.repeat(1_000_000) }))).toEqual([])
    let asked = 0
    let isClosed = false
    async function* endless(): AsyncGenerator<string> {
      try {
        for (;;) {
          asked++
          yield 'y\n'
        }
      } finally {
        isClosed = true
      }
    }
    const lines = await readAll(run('head', ['-n', '1'], { input: endless() }).lines())
    expect(lines).toEqual([['stdout', 'y']])
    expect(isClosed).toBe(true)
    expect(asked).toBeGreaterThan(0)
  })

  test('that throws stops the run, and is the error, whatever it is', async () => {
    async function* failing(): AsyncGenerator<string> {
      yield 'a\n'
      throw undefined
    }
    const child = run('cat', [], { input: failing(), check: false })
    expect(await rejectionOf(readAll(child))).toBe(undefined)
    expect(await child.status).toMatchObject({ reason: 'failed' })
  })

  test('that stands still does not keep the run from being stopped', async () => {
    const stuck = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }) }
    const child = run('cat', [], { input: stuck })
    const next = child.next()
    await child.return()
    expect(await next).toEqual({ done: true, value: undefined })
  })
})

describe('env', () => {
  test('replaces the environment, and is passed exactly', async () => {
    const lines = await readAll(run('/usr/bin/env', [], { env: { ONLY: 'this' } }).lines())
    expect(lines.map(([, line]) => line).filter((line) => !line.startsWith('NODE_V8_COVERAGE'))).toEqual(['ONLY=this'])
  })
})
