import { refuse } from '../checks/options.ts'
import { generatorPrototype } from './async-iterator-prototype.ts'
import { requireObject, SyncIterator } from './sync-iterator.ts'

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

/** Whether this is a function that makes the source, and takes a signal that tells it to stop. */
export function isFunctionSource(source: unknown): source is (signal: AbortSignal) => unknown {
  return typeof source === 'function' && !(Symbol.asyncIterator in source || Symbol.iterator in source)
}

/** Whether this is a promise of a source, and not a source itself. */
export function isPromise(value: unknown): boolean {
  const {
    then,
    [Symbol.asyncIterator]: openAsync,
    [Symbol.iterator]: openSync,
  } = Object(value) as Record<PropertyKey, unknown>
  return typeof then === 'function' && openAsync === undefined && openSync === undefined
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
    return new SyncIterator(open(openSync, iterable) as Iterator<unknown>)
  refuse('A source', 'an iterable', iterable)
}

function open(method: unknown, iterable: unknown): unknown {
  if (typeof method !== 'function') refuse("A source's iterator method", 'a function', method)
  return requireObject('An iterator', Reflect.apply(method, iterable, []))
}

function isNative(method: unknown): boolean {
  return typeof method === 'function' && /\[native code\]\s*\}$/.test(Function.prototype.toString.call(method))
}
