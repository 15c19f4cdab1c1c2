import { show } from './options.ts'

/** Refuses what can be no source: anything but an iterable, async or not, or a function that makes one. */
export function requireSource(key: unknown, source: unknown): void {
  if (isSource(source)) return
  throw new TypeError(
    `Source ${show(key)} is neither iterable nor a function that makes an iterable, but ${show(source)}`,
  )
}

/** The entries of a record, a `Map`, or any iterable of `[key, source]`. */
export function keyedEntries(sources: unknown): [unknown, unknown][] {
  if (typeof sources !== 'object' || sources === null) {
    throw new TypeError(`sources must be a record, a Map or an iterable of [key, source], not ${show(sources)}`)
  }
  if (!(Symbol.iterator in sources)) return Object.entries(sources)
  const entries: [unknown, unknown][] = []
  for (const entry of sources as Iterable<unknown>) {
    if (!Array.isArray(entry) || entry.length < 2) {
      throw new TypeError(`sources[${String(entries.length)}] must be [key, source], not ${show(entry)}`)
    }
    entries.push([entry[0], entry[1]])
  }
  return entries
}

function isSource(value: unknown): boolean {
  if (typeof value === 'function' || typeof value === 'string') return true
  if (typeof value !== 'object' || value === null) return false
  return Symbol.asyncIterator in value || Symbol.iterator in value
}
