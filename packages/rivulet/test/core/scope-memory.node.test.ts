import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import {
  asCompleted,
  currentSignal,
  fromFunction,
  interleave,
  lines,
  merge,
  MergeMap,
  Queue,
  ticks,
  withTaskGroup,
} from '../../src/core/index.ts'
import { through, Trace } from '../support/scoped.ts'
import { settle, turn } from '../support/turn.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

async function heldOf(made: readonly WeakRef<object>[]): Promise<number> {
  await settle()
  collectGarbage()
  return made.filter((ref) => ref.deref() !== undefined).length
}

const count = 500

/** Each makes a short stream, and reads it to its end or leaves it, inside the source that calls it. */
const short: Record<string, (made: WeakRef<object>[]) => Promise<unknown>> = {
  async 'a Queue that is closed while it is waited for'(made) {
    const queue = new Queue<string>({ capacity: 1 })
    const consumer = noted(queue[Symbol.asyncIterator](), made)
    const next = consumer.next()
    queue.close()
    return next
  },
  async 'a Queue that fails while it is waited for'(made) {
    const queue = new Queue<string>({ capacity: 1 })
    const next = noted(queue[Symbol.asyncIterator](), made).next()
    queue.fail('fails')
    return next.catch(() => undefined)
  },
  async 'a Queue that is left while it is waited for'(made) {
    const consumer = noted(new Queue<string>({ capacity: 1 })[Symbol.asyncIterator](), made)
    return Promise.all([consumer.next(), consumer.return()])
  },
  async 'get() and put() of a Queue'(made) {
    const queue = noted(new Queue<object>({ capacity: 1 }), made)
    const got = [queue.get(), queue.get()]
    // Two of them are waited for, one has room, and the last waits for it.
    const put = Array.from({ length: 4 }, () => queue.put(noted({}, made)))
    return Promise.all([...put, ...got, queue.get()])
  },
  async 'a get() that is aborted'(made) {
    const controller = noted(new AbortController(), made)
    const got = new Queue<string>({ capacity: 1 }).get({ signal: controller.signal })
    controller.abort('enough')
    return got.catch(() => undefined)
  },
  async 'a merge that ends'(made) {
    for await (const _ of noted(merge([through(merge([['item']]), new Trace())]), made));
  },
  async 'a merge that is left'(made) {
    for await (const _ of noted(merge([['item'], new Queue({ capacity: 1 })]), made)) break
  },
  async 'a merge that fails'(made) {
    return noted(merge([() => Promise.reject(new Error('fails'))]), made)
      .next()
      .catch(() => undefined)
  },
  async 'a merge that is aborted'(made) {
    const controller = new AbortController()
    const next = noted(merge([new Queue({ capacity: 1 })], { signal: controller.signal }), made).next()
    controller.abort('enough')
    return next.catch(() => undefined)
  },
  async 'a MergeMap, an interleave and lines'(made) {
    const map = noted(new MergeMap<string, string>().set('key', ['item']), made)
    map.close()
    for await (const _ of map);
    for await (const _ of noted(interleave([['item']]), made));
    for await (const _ of noted(lines(['item']), made));
  },
  async 'ticks, asCompleted and fromFunction'(made) {
    for await (const _ of noted(ticks(1), made)) break
    for await (const _ of noted(asCompleted([turn()]), made));
    for await (const _ of noted(fromFunction(turn), made)) break
  },
  async 'a task group'(made) {
    await withTaskGroup((group) => {
      noted(group, made)
      return group.spawn(turn)
    })
  },
}

function noted<T extends object>(value: T, made: WeakRef<object>[]): T {
  made.push(new WeakRef(value))
  return value
}

test.each(Object.keys(short))(
  'a source that lives long keeps none of the short streams it has read: %s',
  async (kind) => {
    const made: WeakRef<object>[] = []
    async function* living(): AsyncGenerator<number> {
      for (let i = 0; ; i++) {
        await short[kind]!(made)
        yield i
      }
    }
    const stream = merge([living()])
    for (let i = 0; i < (kind.startsWith('ticks') ? 20 : count); i++) await stream.next()
    expect(made.length).toBeGreaterThan(19)
    // That of the last step, or the one before, may still be on a stack.
    expect(await heldOf(made)).toBeLessThan(9)
    await stream.return()
  },
)

/** Each reads one item of a stream in a scope of its own, whose signal it notes, and is over then. */
const readers: Record<string, (next: () => Promise<unknown>, made: WeakRef<object>[]) => Promise<unknown>> = {
  async 'sources that end'(next, made) {
    for await (const _ of merge([noting(next, made)]));
  },
  async 'sources that are left'(next, made) {
    for await (const _ of merge([noting(next, made)])) break
  },
  tasks: (next, made) => withTaskGroup(({ spawn }) => spawn(() => (noted(currentSignal()!, made), next()))),
  async 'calls of fromFunction'(next, made) {
    for await (const _ of fromFunction(() => (noted(currentSignal()!, made), next()))) break
  },
}

async function* noting(next: () => Promise<unknown>, made: WeakRef<object>[]): AsyncGenerator {
  noted(currentSignal()!, made)
  yield await next()
}

describe.each(['merge', 'Queue'])('a %s that lives long', (kind) => {
  test.each(Object.keys(readers))('keeps none of those that read it and are over: %s', async (who) => {
    const queue = new Queue<number>({ capacity: 1 })
    const living = kind === 'merge' ? merge([queue]) : queue[Symbol.asyncIterator]()
    const made: WeakRef<object>[] = []
    for (let i = 0; i < count; i++) {
      const reading = readers[who]!(() => living.next(), made)
      await queue.put(i)
      await reading
    }
    expect(made).toHaveLength(count)
    expect(await heldOf(made)).toBeLessThan(9)
    await living.return()
  })
})
