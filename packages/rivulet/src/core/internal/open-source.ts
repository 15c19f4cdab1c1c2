import { AsyncFromSync } from './async-from-sync.ts'
import { show } from './options.ts'

/** Whether this can be a source at all: iterable, async or not, or a function that makes one. */
export function isSource(value: unknown): boolean {
  if (typeof value === 'function' || typeof value === 'string') return true
  if (typeof value !== 'object' || value === null) return false
  return Symbol.asyncIterator in value || Symbol.iterator in value
}

/** Opens an iterable as `for await` does. */
export function openIterable(iterable: unknown): AsyncIterator<unknown> {
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
