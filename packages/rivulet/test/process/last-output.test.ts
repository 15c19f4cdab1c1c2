import { describe, expect, test } from 'vitest'
import { run } from '../../src/process/index.ts'
import { makeCookie } from '../support/processes.ts'
import { rejectionOf, shell } from '../support/programs.ts'
import { settle } from '../support/turn.ts'

describe('a program that fails', () => {
  test('gives every line before its ExitError, also to a consumer that comes late', async () => {
    const child = shell('seq 1 5000; exit 3')
    const lines = child.lines()
    let count = 0
    await lines.next()
    count++
    // All that the program wrote is in the pipe, and its end in our hands, before anything more is read.
    for (let i = 0; i < 50; i++) await settle()
    const reading = async (): Promise<void> => {
      for await (const _ of lines) count++
    }
    expect(await rejectionOf(reading())).toMatchObject({ name: 'ExitError', code: 3 })
    expect(count).toBe(5000)
  })

  test('gives the last unfinished line of its batches before its ExitError', async () => {
    const seen: string[] = []
    const reading = async (): Promise<void> => {
      for await (const [, batch] of shell(`printf 'a\\nfatal: why'; exit 3`).lineBatches()) {
        seen.push(...batch)
        await settle()
      }
    }
    expect(await rejectionOf(reading())).toMatchObject({ code: 3 })
    expect(seen).toEqual(['a', 'fatal: why'])
  })
})

describe('what cannot be', () => {
  test('line options that cannot be start nothing, and leave the run to be read', async () => {
    const { env, living } = makeCookie()
    const child = run('sh', ['-c', 'echo hi'], { env })
    expect(() => child.lines({ maxLineBytes: 1 })).toThrow(RangeError)
    expect(() => child.lineBatches({ maxLineBytes: 1 })).toThrow(RangeError)
    expect(living()).toEqual([])
    expect((await child.lines().next()).value).toEqual(['stdout', 'hi'])
    await child.return()
  })
})

test('a run that is being stopped keeps its pipes open, however long its group takes to end', async () => {
  const obeysLate = `(trap 'sleep 0.2; echo bye; exit' TERM; echo up; while :; do sleep 0.01; done) & trap 'exit 0' TERM; wait`
  const controller = new AbortController()
  const child = shell(obeysLate, { drainMs: 1, signal: controller.signal })
  await child.next()
  const pending = child.next()
  controller.abort('enough')
  expect(await rejectionOf(pending)).toBe('enough')
  expect(await child.status).toMatchObject({ reason: 'aborted', drained: true })
  expect(child.kill()).toBe(false)
})
