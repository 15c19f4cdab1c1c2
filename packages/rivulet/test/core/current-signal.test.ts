import { expect, test } from 'vitest'
import {
  batch,
  currentSignal,
  fromFunction,
  idleTimeout,
  interleave,
  lines,
  merge,
  mergeKeyed,
  MergeMap,
  share,
  withTaskGroup,
  type Source,
} from '../../src/core/index.ts'
import { ProbeSource } from '../support/probe-source.ts'
import { settle } from '../support/turn.ts'

/** What `currentSignal()` gave. */
type Seen = AbortSignal | undefined

/** Whether the runtime carries an async context through `await` at no cost, so that scopes are carried too. */
const { process } = globalThis as { process?: { versions?: { node?: string } } }
const carries = Number(process?.versions?.node?.split('.')[0] ?? 0) >= 24

test('outside of a scope there is no signal, and none while a merge is made or read', async () => {
  expect(currentSignal()).toBeUndefined()
  const stream = merge([['item']])
  expect(currentSignal()).toBeUndefined()
  const next = stream.next()
  expect(currentSignal()).toBeUndefined()
  await next
  expect(currentSignal()).toBeUndefined()
})

test('a generator has one of its own, the same at every step, and aborted when it is told to stop', async () => {
  const seen: Seen[] = []
  async function* source(): AsyncGenerator<number> {
    for (let i = 0; ; i++) {
      seen.push(currentSignal())
      yield i
    }
  }
  const stream = merge([source(), source()])
  for (let i = 0; i < 4; i++) await stream.next()
  expect(seen.length).toBeGreaterThan(3)
  expect(new Set(seen).size).toBe(2)
  expect(seen.every((signal) => signal?.aborted === false)).toBe(true)
  await stream.return()
  expect(seen.every((signal) => signal?.aborted === true)).toBe(true)
  expect(seen[0]?.reason).toMatchObject({ name: 'AbortError' })
  expect(currentSignal()).toBeUndefined()
})

test('a function source has the one that it was given', async () => {
  const seen: [given: AbortSignal, whenCalled: Seen, whenAsked: Seen][] = []
  const source: Source<string> = (given) => {
    const whenCalled = currentSignal()
    return (async function* () {
      seen.push([given, whenCalled, currentSignal()])
      yield 'item'
    })()
  }
  await merge([source]).next()
  expect(seen).toHaveLength(1)
  expect(new Set(seen[0]).size).toBe(1)
})

test('any iterable has one, when it is opened and when it is asked', async () => {
  const seen: Seen[] = []
  const note = <T>(value: T): T => (seen.push(currentSignal()), value)
  function* sync(): Generator<number> {
    yield note(1)
  }
  const handWritten = {
    [Symbol.asyncIterator]: () => note({ next: () => Promise.resolve(note({ done: true, value: 0 })) }),
  }
  const stream = mergeKeyed({ sync: sync(), handWritten })
  await stream.next()
  await stream.next()
  expect(seen).toHaveLength(3)
  expect(seen.every((signal) => signal?.aborted === false)).toBe(true)
  expect(new Set(seen).size).toBe(2)
})

test('the sources of other blocks have one, and the function of fromFunction the one that it was given', async () => {
  const seen: Seen[] = []
  async function* source(): AsyncGenerator<string> {
    seen.push(currentSignal())
    yield 'line\n'
  }
  const given: AbortSignal[] = []
  const streams = [
    interleave([source()]),
    batch(source(), { size: 1 }),
    idleTimeout(source(), 1_000_000),
    share(source()).read(),
    lines(source()),
    new MergeMap<string, string>().set('key', source()),
    fromFunction((signal) => (given.push(signal), seen.push(currentSignal()))),
  ]
  for (const stream of streams) await stream.next()
  expect(seen.map((signal) => signal?.aborted)).toEqual(streams.map(() => false))
  expect(new Set(seen).size).toBe(streams.length)
  expect(seen.at(-1)).toBe(given[0])
  for (const stream of streams) await stream.return()
})

test('the tasks and the body of a group have that of the group', async () => {
  const seen: Seen[] = []
  const signal = await withTaskGroup((group) => {
    seen.push(currentSignal())
    void group.spawn(() => seen.push(currentSignal()))
    void group.spawnBackground(() => seen.push(currentSignal()))
    seen.push(currentSignal())
    return group.signal
  })
  expect(seen).toEqual([signal, signal, signal, signal])
  expect(currentSignal()).toBeUndefined()
})

test('a source inside a source has its own, and the outer one has its own again behind it', async () => {
  const seen: Record<string, Seen> = {}
  async function* inner(): AsyncGenerator<string> {
    seen.inner = currentSignal()
    yield 'item'
  }
  async function* outer(): AsyncGenerator<string> {
    seen.outer = currentSignal()
    const next = merge([inner()]).next()
    seen.behind = currentSignal()
    yield (await next).value!
  }
  await merge([outer()]).next()
  expect(seen.inner).not.toBe(seen.outer)
  expect(seen.behind).toBe(seen.outer)
})

test.each(['opened', 'asked', 'closed'])('one that throws when it is %s leaves its scope behind', async (when) => {
  const fail = (at: string): void => {
    if (at === when) throw new Error(at)
  }
  const source = {
    [Symbol.asyncIterator]: () => {
      fail('opened')
      return {
        next: () => (fail('asked'), Promise.resolve({ done: false, value: 1 })),
        return: () => (fail('closed'), Promise.resolve({ done: true, value: 1 })),
      }
    },
  }
  const stream = merge([source])
  const next = stream.next().catch(() => undefined)
  expect(currentSignal()).toBeUndefined()
  await next
  const left = stream.return().catch(() => undefined)
  expect(currentSignal()).toBeUndefined()
  await left
})

test('in the listener of a signal and in return() it is that of the source, which is aborted', async () => {
  const seen: Seen[] = []
  const source: Source<string> = (signal) => {
    seen.push(signal)
    signal.addEventListener('abort', () => seen.push(currentSignal()))
    const probe = new ProbeSource<string>({ onReturn: () => (seen.push(currentSignal()), Promise.resolve()) })
    return probe
  }
  const stream = merge([source])
  const next = stream.next()
  await stream.return()
  await next
  expect(seen).toHaveLength(3)
  expect(new Set(seen).size).toBe(1)
  expect(seen[0]?.aborted).toBe(true)
})

test('asked for the first time after the telling it is aborted already, with the reason', async () => {
  let seen: Seen
  const source = {
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise<never>(() => undefined),
      return: () => ((seen = currentSignal()), Promise.resolve({ done: true as const, value: undefined })),
    }),
  }
  const controller = new AbortController()
  const next = merge([source], { signal: controller.signal }).next()
  await settle()
  controller.abort('why')
  await expect(next).rejects.toBe('why')
  expect(seen).toMatchObject({ aborted: true, reason: 'why' })
})

test(`behind an await there is ${carries ? 'the same' : 'none'}, as this runtime carries ${carries ? 'it' : 'nothing'}`, async () => {
  const seen: Seen[] = []
  async function* source(): AsyncGenerator<string> {
    const signal = currentSignal()
    await settle()
    seen.push(carries ? signal : undefined, currentSignal())
    yield 'item'
  }
  await merge([source]).next()
  await merge([source()]).next()
  await withTaskGroup(async ({ signal }) => {
    await settle()
    seen.push(carries ? signal : undefined, currentSignal())
  })
  await fromFunction(async (signal) => {
    await settle()
    seen.push(carries ? signal : undefined, currentSignal())
  }).next()
  expect(seen).toHaveLength(8)
  for (let at = 0; at < seen.length; at += 2) expect(seen[at + 1]).toBe(seen[at])
  expect(currentSignal()).toBeUndefined()
})
