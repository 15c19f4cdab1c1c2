import { describe, expect, test } from 'vitest'
import { merge, Queue, suppressedErrors, withTaskGroup, type TaskGroup } from '../../src/core/index.ts'
import { gate, ProbeSource } from '../support/probe-source.ts'
import { behind, through, Trace } from '../support/scoped.ts'
import { rejectionOf, settle, stateOf } from '../support/turn.ts'
import { collectUnhandled } from '../support/unhandled.ts'

const queue = <T = string>(): Queue<T> => new Queue<T>({ capacity: 1 })
const failure = new Error('of a task')

/** A task that reads what never comes, behind two generators. */
const reading = (trace: Trace) => async (): Promise<void> => {
  for await (const _ of behind(2, merge([queue()]), trace)) trace.passed++
  trace.passed++
}

/** A task that fails when the others have come to their waits. */
const fails = async (): Promise<never> => {
  await settle()
  throw failure
}

describe('the first failure of a task group', () => {
  test('ends its body, which waits for a stream and knows of no signal', async () => {
    const trace = new Trace()
    const group = withTaskGroup(async ({ spawn }) => {
      void spawn(fails)
      await reading(trace)()
    })
    expect(await rejectionOf(group)).toBe(failure)
    expect(suppressedErrors(failure)).toEqual([])
    expect(trace).toMatchObject({ passed: 0, unwound: 2 })
  })

  const waits: [how: string, wait: (items: Queue<string>) => Promise<unknown>][] = [
    ['get()', (items) => items.get()],
    ['put()', (items) => items.put('second')],
    ['for await', (items) => items[Symbol.asyncIterator]().next()],
  ]
  test.each(waits)('ends tasks that wait in %s of a Queue, and leaves no trace there', async (how, wait) => {
    const [items, ended] = [queue(), [] as unknown[]]
    if (how === 'put()') items.tryPut('first')
    const group = withTaskGroup(({ spawn, spawnBackground }) => {
      for (const start of [spawn, spawnBackground])
        void start(() => wait(items)).catch((error: unknown) => ended.push(error))
      return spawn(fails)
    })
    expect(await rejectionOf(group)).toBe(failure)
    expect(ended).toMatchObject([{ name: 'AbortError' }, { name: 'AbortError' }])
    items.tryGet()
    items.tryPut('after')
    expect(items.tryGet()).toEqual({ value: 'after' })
  })

  test('that is of the body ends the tasks', async () => {
    const trace = new Trace()
    const group = withTaskGroup(async ({ spawn }) => {
      void spawn(reading(trace))
      await fails()
    })
    expect(await rejectionOf(group)).toBe(failure)
    expect(trace).toMatchObject({ passed: 0, unwound: 2 })
  })

  test('waits for what cleans up, which is not stopped', async () => {
    const [cleaning, cleaned] = [queue(), [] as string[]]
    const group = withTaskGroup(async ({ spawn }) => {
      void spawn(fails)
      try {
        await queue().get()
      } finally {
        for await (const item of through(cleaning, new Trace())) cleaned.push(item)
      }
    })
    group.catch(() => undefined)
    await settle()
    await settle()
    expect(await stateOf(group)).toBe('pending')
    await cleaning.put('one')
    cleaning.close()
    expect(await rejectionOf(group)).toBe(failure)
    expect(cleaned).toEqual(['one'])
  })
})

test('background tasks that wait for a stream are ended when the body is done, and that is no error', async () => {
  const trace = new Trace()
  const value = await withTaskGroup(async ({ spawnBackground }) => {
    void spawnBackground(reading(trace))
    await settle()
    return 'done'
  })
  expect(value).toBe('done')
  expect(trace).toMatchObject({ passed: 0, unwound: 2 })
})

test('an abort of the caller ends the body and the tasks, and its reason is thrown bare', async () => {
  const [body, task, controller] = [new Trace(), new Trace(), new AbortController()]
  const group = withTaskGroup(
    async ({ spawn }) => {
      void spawn(reading(task))
      await reading(body)()
    },
    { signal: controller.signal },
  )
  await settle()
  controller.abort(0)
  expect(await rejectionOf(group)).toBe(0)
  expect([body.told, task.told]).toEqual([
    [0, 0],
    [0, 0],
  ])
})

test('a group whose tasks have ended tells nobody', async () => {
  const [items, seen] = [queue(), [] as string[]]
  await withTaskGroup(() => {
    void (async () => {
      for await (const item of items) seen.push(item)
    })()
  })
  await items.put('still read')
  await settle()
  expect(seen).toEqual(['still read'])
  items.close()
})

test('a task that has ended is not told when another fails', async () => {
  const [items, seen] = [queue(), [] as string[]]
  const group = withTaskGroup(({ spawn }) => {
    void spawn(() => {
      void (async () => {
        for await (const item of items) seen.push(item)
      })()
    })
    return spawn(fails)
  })
  expect(await rejectionOf(group)).toBe(failure)
  await items.put('still read')
  await settle()
  expect(seen).toEqual(['still read'])
  items.close()
})

describe('a task group inside a source', () => {
  /** A source that waits for a group, and how it was left. */
  async function inside(body: (group: TaskGroup) => Promise<unknown>): Promise<{ left: () => Promise<unknown> }> {
    async function* source(): AsyncGenerator {
      yield await withTaskGroup(body)
    }
    const stream = merge([behind(1, source(), new Trace())])
    const next = stream.next()
    await settle()
    return {
      left: async () => {
        const left = await stream.return().then(
          () => 'quietly',
          (error: unknown) => error,
        )
        await next
        return left
      },
    }
  }

  test('is told with it: its body and its tasks end, and the source unwinds', async () => {
    const [body, task] = [new Trace(), new Trace()]
    const { left } = await inside(async ({ spawn }) => {
      void spawn(reading(task))
      await reading(body)()
    })
    expect(await left()).toBe('quietly')
    expect([body, task]).toMatchObject([
      { passed: 0, unwound: 2 },
      { passed: 0, unwound: 2 },
    ])
  })

  test('is waited for, and what fails in it meanwhile is an error of the closing', async () => {
    const slow = gate()
    const { left } = await inside(async ({ spawn }) => {
      void spawn(async () => {
        await queue()
          .get()
          .finally(async () => {
            await slow.promise
            throw failure
          })
      })
      await reading(new Trace())()
    })
    const leaving = left()
    expect(await stateOf(leaving)).toBe('pending')
    slow.open()
    expect(await leaving).toBe(failure)
  })

  test('or inside the task of another is told with that', async () => {
    const trace = new Trace()
    const group = withTaskGroup(async ({ spawn }) => {
      void spawn(() => withTaskGroup(({ spawn: spawnInside }) => void spawnInside(reading(trace))))
      await fails()
    })
    expect(await rejectionOf(group)).toBe(failure)
    expect(trace).toMatchObject({ passed: 0, unwound: 2 })
  })

  test('that nobody awaits yet leaves no rejection unhandled', async () => {
    const unhandled = collectUnhandled()
    const foreign = gate()
    async function* busy(): AsyncGenerator {
      const group = withTaskGroup(() => reading(new Trace())())
      await foreign.promise
      yield await group
    }
    const stream = merge([busy()])
    const next = stream.next()
    await settle()
    const left = stream.return()
    await settle()
    expect(unhandled.stop()).toEqual([])
    foreign.open()
    await Promise.all([left, next])
  })

  test('and has ended is in its scope no more', async () => {
    const seen: string[] = []
    async function* source(): AsyncGenerator<string> {
      seen.push(await withTaskGroup(() => 'done'))
      yield 'item'
      await new Promise(() => undefined)
    }
    const stream = merge([source(), new ProbeSource<string>()])
    await stream.next()
    const next = stream.next()
    await settle()
    // Nobody in it hears anything, so it is given a macrotask and no more.
    await stream.return()
    await next
    expect(seen).toEqual(['done'])
  })
})
