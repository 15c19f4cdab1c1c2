import { asCompleted } from '../../src/core/as-completed.ts'
import { batch } from '../../src/core/batch.ts'
import { fromFunction } from '../../src/core/from-function.ts'
import { idleTimeout } from '../../src/core/idle-timeout.ts'
import { interleave } from '../../src/core/interleave.ts'
import { lineRecords } from '../../src/core/line-records.ts'
import { lines } from '../../src/core/lines.ts'
import { MergeMap } from '../../src/core/merge-map.ts'
import { mergeKeyed } from '../../src/core/merge.ts'
import { mergeSettled } from '../../src/core/merge.ts'
import { merge } from '../../src/core/merge.ts'
import { Queue } from '../../src/core/queue.ts'
import { share } from '../../src/core/share.ts'
import { ticks } from '../../src/core/ticks.ts'
import { contract, type Capabilities, type Script, type Subject } from '../support/contract.ts'
import { ProbeSource, readAll } from '../support/probe-source.ts'

const full: Capabilities = {
  closesSource: true,
  takesSignal: true,
  scripted: true,
  anyItem: true,
  throws: true,
  sample: ['a', 'b', 'c'],
}

function probeOf(script: Script, items = script.items ?? []): ProbeSource {
  return new ProbeSource({ items, then: script.then ?? 'wait', onReturn: script.onReturn })
}

/** An operator over one source, whose items come out as they are, or in pairs from which `item` takes them. */
function over(
  read: (source: ProbeSource, options: { signal?: AbortSignal | undefined }) => Subject['stream'],
  item?: (yielded: unknown) => unknown,
): (script: Script) => Subject {
  return (script) => {
    const probe = probeOf(script)
    const stream = read(probe, { signal: script.signal })
    return { probe, stream: item === undefined ? stream : mapped(stream, item) }
  }
}

/** The same stream with its items unwrapped; it adds nothing else. */
function mapped(stream: Subject['stream'], item: (yielded: unknown) => unknown): Subject['stream'] {
  const view: Subject['stream'] = {
    next: () =>
      stream.next().then((result) => (result.done === true ? result : { done: false, value: item(result.value) })),
    return: () => stream.return(),
    throw: (error) => stream.throw(error),
    [Symbol.asyncIterator]: () => view,
    [Symbol.asyncDispose]: () => stream[Symbol.asyncDispose](),
  }
  return view
}

const second = (pair: unknown): unknown => (pair as [unknown, unknown])[1]

contract(
  'merge',
  full,
  over((source, options) => merge([source], options)),
)
contract(
  'merge of a function source',
  full,
  over((source, options) => merge([source.open], options)),
)
contract(
  'merge with a buffer of 1',
  full,
  over((source, options) => merge([source], { ...options, buffer: 1 })),
)
contract(
  'mergeKeyed',
  full,
  over((source, options) => mergeKeyed({ source }, options), second),
)

// The error of a source is an item of it, so that it throws none.
contract(
  'mergeSettled',
  { ...full, throws: false },
  over(
    (source, options) => mergeSettled({ source }, options),
    (pair) => (second(pair) as { value: unknown }).value,
  ),
)

contract(
  'MergeMap',
  full,
  over((source, options) => {
    const map = new MergeMap<string, unknown>(options)
    map.set('source', source)
    map.close()
    return map
  }, second),
)

const first = (list: unknown): unknown => (list as unknown[])[0]

contract(
  'batch',
  full,
  over((source, options) => batch(source, { ...options, size: 1 }), first),
)

contract(
  'batch by time',
  full,
  over((source, options) => batch(source, { ...options, size: 1, ms: 1_000_000 }), first),
)

contract(
  'idleTimeout',
  full,
  over((source, options) => idleTimeout(source, 1_000_000, options)),
)

contract(
  'the only reader of share',
  full,
  over((source, options) => share(source, { buffer: 1 }).read(options)),
)

// While another one reads, the source is not this one's to close. All that the other was given comes to this one too.
contract('one of several readers of share', { ...full, closesSource: false }, (script) => {
  const shared = share(probeOf(script), { replay: 8, onSlow: 'drop' })
  readAll(shared.read()).catch(() => undefined)
  return { stream: shared.read({ signal: script.signal }) }
})

contract(
  'interleave',
  full,
  over((source, options) => interleave([source], options)),
)

// What it calls is no source: there is nothing to close but the call that is pending, which its own tests look at.
contract('fromFunction', { ...full, closesSource: false }, (script) => {
  const end = Symbol('end')
  const iterator = probeOf(script)[Symbol.asyncIterator]()
  let calls = 0
  const fn = (): Promise<unknown> => {
    calls++
    return iterator.next().then((result) => (result.done === true ? end : result.value))
  }
  const stream = fromFunction(fn, { signal: script.signal, done: (value) => value === end })
  return { stream, touched: () => calls > 0 }
})

// Promises run by themselves: there is no source, and a wait is a promise that never settles.
contract('asCompleted', { ...full, closesSource: false }, (script) => {
  const { items = [], then = 'wait', signal } = script
  const promises: unknown[] = items.map((item) => Promise.resolve(item))
  if (then === 'wait') promises.push(new Promise(() => undefined))
  else if (then !== 'end') promises.push({ then: (_: unknown, reject: (error: unknown) => void) => reject(then.error) })
  return { stream: asCompleted(promises, { signal }) }
})

// Its items are lines, so that not every value can be one.
const text: Capabilities = { ...full, anyItem: false, sample: ['one', '', '0'] }
const chunks = (script: Script): unknown[] => (script.items ?? []).map((line) => `${String(line)}\n`)

contract('lines', text, (script) => {
  const probe = probeOf(script, chunks(script)) as ProbeSource<string>
  return { probe: probe, stream: lines(probe, { signal: script.signal }) }
})

contract('lineRecords', text, (script) => {
  const probe = probeOf(script, chunks(script)) as ProbeSource<string>
  const stream = lineRecords(probe, { signal: script.signal })
  return { probe: probe, stream: mapped(stream, (record) => (record as { text: string }).text) }
})

// A clock reads nothing, never ends and never fails.
contract('ticks', { ...full, closesSource: false, scripted: false, anyItem: false, throws: false }, ({ signal }) => ({
  stream: ticks(1_000_000, { signal }),
}))

// Its consumers may leave it and take no signal; the queue itself goes on, so that no source is closed.
contract(
  'an iterator of a Queue',
  { ...full, closesSource: false, takesSignal: false },
  ({ items = [], then = 'wait' }) => {
    const queue = new Queue<unknown>({ capacity: 16 })
    for (const item of items) queue.tryPut(item)
    if (then === 'end') queue.close()
    else if (then !== 'wait') queue.fail(then.error)
    return { stream: queue[Symbol.asyncIterator]() }
  },
)
