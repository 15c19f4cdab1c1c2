// Cases of stopping that reaches through: generators between a stream and its reader, and what each runtime carries.
import assert from 'node:assert/strict'
import { executionAsyncId } from 'node:async_hooks'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { currentSignal, fromFunction, merge, mergeKeyed, Queue, ticks, withTaskGroup } from 'rivulet'
import { run } from 'rivulet/process'
import { assertNoneLives, makeCookie } from './probe.mjs'

const { bun, deno, node = '0' } = process.versions
/** Whether scopes are carried through an `await`: not where that would make every `await` of the process slower. */
const carries = bun !== undefined || deno !== undefined || Number(node.split('.')[0]) >= 24

/** @type {<T>(source: AsyncIterable<T>) => AsyncGenerator<T>} */
async function* through(source) {
  for await (const item of source) yield item
}

/** @type {<T>(count: number, source: AsyncIterable<T>) => AsyncIterable<T>} */
const behind = (count, source) => (count === 0 ? source : behind(count - 1, through(source)))

/** @type {<T>(source: AsyncIterable<T>) => AsyncGenerator<T>} */
async function* withholding(source) {
  for await (const item of source) if (item === undefined) yield item
}

/** Reads the source beside a clock, and leaves at its first tick. @type {(source: AsyncIterable<unknown>) => Promise<void>} */
async function leaveSoon(source) {
  for await (const [key] of mergeKeyed({ source, tick: ticks(50) })) if (key === 'tick') break
}

/** Whether an await has an id of its own, as it has where hooks are switched on, and a cost. */
async function areHooksOn() {
  await null
  const before = executionAsyncId()
  await null
  return executionAsyncId() !== before
}

/** @type {Record<string, () => Promise<void>>} */
export const scopeCases = {
  async 'a silent program behind five generators is ended when the loop is left'() {
    const cookie = makeCookie()
    await leaveSoon(behind(5, run('sleep', ['300'], { env: cookie.env }).lines()))
    assertNoneLives(cookie)
  },

  async 'a program that prints is ended behind a filter that never yields'() {
    const cookie = makeCookie()
    await leaveSoon(withholding(behind(2, run('yes', [], { env: cookie.env }))))
    assertNoneLives(cookie)
  },

  async 'thirty programs that are begun at once behind generators are ended or never started'() {
    const cookie = makeCookie()
    const sources = Array.from({ length: 30 }, () => behind(2, run('sleep', ['300'], { env: cookie.env })))
    for await (const item of merge([...sources, ticks(20)])) if (typeof item === 'number') break
    assertNoneLives(cookie)
  },

  async 'the body of a task group that waits for a program ends with the first failure'() {
    const cookie = makeCookie()
    const failure = new Error('meant')
    const group = withTaskGroup(async ({ spawn }) => {
      void spawn(async () => {
        await sleep(50)
        throw failure
      })
      for await (const line of behind(1, run('sleep', ['300'], { env: cookie.env }).lines())) assert.fail(String(line))
    })
    await assert.rejects(group, (error) => error === failure)
    assertNoneLives(cookie)
  },

  async 'a program that is first read after an await is ended where scopes are carried'() {
    const cookie = makeCookie()
    const child = run('sleep', ['300'], { env: cookie.env })
    async function* late() {
      await sleep(1)
      yield* through(child.lines())
    }
    await leaveSoon(behind(2, late()))
    // Elsewhere it lives on, which is said in the docs, and is why this case disposes of it.
    if (!carries) assert.equal(cookie.living().length, 1)
    else assertNoneLives(cookie)
    await child[Symbol.asyncDispose]()
    assertNoneLives(cookie)
  },

  async 'a call that is made after an await is ended where scopes are carried'() {
    const queue = new Queue({ capacity: 1 })
    /** @type {string[]} */
    const told = []
    const wait = async () => {
      await sleep(1)
      await queue.get().catch((/** @type {Error} */ error) => told.push(error.name))
    }
    async function* source() {
      yield await wait()
    }
    await leaveSoon(source())
    await leaveSoon(fromFunction(wait))
    await withTaskGroup(async ({ spawnBackground }) => {
      void spawnBackground(carries ? wait : async () => {})
      await sleep(50)
    })
    assert.deepEqual(told, carries ? ['AbortError', 'AbortError', 'AbortError'] : [])
  },

  async 'the signal of a scope is there behind an await where it is carried, and outside never'() {
    /** @type {boolean[]} */
    const seen = []
    async function* source() {
      const signal = currentSignal()
      await sleep(1)
      seen.push(currentSignal() === signal)
      yield 'item'
    }
    for (const first of [merge([source()]), merge([source()])]) await first.next()
    await fromFunction(async (signal) => {
      await sleep(1)
      seen.push(currentSignal() === signal)
    }).next()
    assert.deepEqual(seen, [carries, carries, carries])
    await sleep(1)
    assert.equal(currentSignal(), undefined)
  },

  async 'two merges that go on at the same time do not stop each other, also behind an await'() {
    const queue = new Queue({ capacity: 1 })
    /** @type {unknown[]} */
    const seen = []
    /** @type {(items: AsyncIterable<unknown>) => AsyncGenerator<unknown>} */
    async function* late(items) {
      await sleep(1)
      for await (const item of through(items)) seen.push(item)
      yield* []
    }
    const one = merge([late(new Queue({ capacity: 1 }))])
    const other = merge([late(queue)])
    const reading = [one.next(), other.next()]
    await sleep(20)
    await one.return()
    await queue.put('item')
    queue.close()
    await Promise.all(reading)
    assert.deepEqual(seen, ['item'])
  },

  async 'nothing here switches hooks on, which would make every await of the process slower'() {
    assert.equal(await areHooksOn(), false)
    await leaveSoon(behind(2, new Queue({ capacity: 1 })))
    await leaveSoon(behind(1, run('sleep', ['300'])))
    await withTaskGroup(({ spawn }) => spawn(() => sleep(1)))
    await fromFunction(() => sleep(1)).next()
    assert.equal(await areHooksOn(), false)
  },
}
