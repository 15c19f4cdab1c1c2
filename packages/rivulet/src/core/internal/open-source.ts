import { AsyncFromSync } from './async-from-sync.ts'
import { generatorPrototype } from './async-iterator-prototype.ts'
import { show } from '../checks/options.ts'

/** A source that is open. */
export interface OpenSource {
  readonly iterator: AsyncIterator<unknown>
  /** Its `next`, which is looked up once, as `for await` does. */
  readonly nextMethod: () => unknown
  /** Whether it is an async generator: then `next()` gives a native promise of a result that the language made fresh. */
  readonly isGenerator: boolean
}

/** Where somebody has patched it, or generators are no generators, nothing is known of what `next` gives. */
const generatorNext = isNative(generatorPrototype.next) ? generatorPrototype.next : Symbol('none')

/** Whether this can be a source at all: iterable, async or not, or a function that makes one. */
export function isSource(value: unknown): boolean {
  if (typeof value === 'function' || typeof value === 'string') return true
  if (typeof value !== 'object' || value === null) return false
  return Symbol.asyncIterator in value || Symbol.iterator in value
}

/** Whether this is a function that makes the source, and takes a signal that tells it to stop. */
export function isFunctionSource(source: unknown): source is (signal: AbortSignal) => unknown {
  return typeof source === 'function' && !(Symbol.asyncIterator in source || Symbol.iterator in source)
}

/** Opens an iterable as `for await` does. */
export function openSource(iterable: unknown): OpenSource {
  const iterator = openIterable(iterable)
  const { next: nextMethod } = iterator as { next: () => unknown }
  return { iterator, nextMethod, isGenerator: nextMethod === generatorNext }
}

function openIterable(iterable: unknown): AsyncIterator<unknown> {
  const methods = Object(iterable) as { [Symbol.asyncIterator]?: unknown; [Symbol.iterator]?: unknown }
  const openAsync = methods[Symbol.asyncIterator]
  if (openAsync !== undefined && openAsync !== null) return open(openAsync, iterable) as AsyncIterator<unknown>
  const openSync = methods[Symbol.iterator]
  if (openSync !== undefined && openSync !== null)
    return new AsyncFromSync(open(openSync, iterable) as Iterator<unknown>)
  throw new TypeError(`A source must give an iterable, not ${show(iterable)}`)
}

function open(method: unknown, iterable: unknown): unknown {
  if (typeof method !== 'function')
    throw new TypeError(`A source's iterator method must be a function, not ${show(method)}`)
  const iterator: unknown = Reflect.apply(method, iterable, [])
  if ((typeof iterator === 'object' && iterator !== null) || typeof iterator === 'function') return iterator
  throw new TypeError(`A source's iterator method gave ${show(iterator)} instead of an iterator`)
}

function isNative(method: unknown): boolean {
  return typeof method === 'function' && /\[native code\]\s*\}$/.test(Function.prototype.toString.call(method))
}
