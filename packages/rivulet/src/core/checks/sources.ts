import { refuse, show } from './options.ts'

/** Refuses what can be no source: anything but an iterable, async or not, or a function that makes one. */
export function requireSource(key: unknown, source: unknown): void {
  if (!isSource(source)) refuse(`Source ${show(key)}`, 'an iterable, or a function that gives one', source)
}

/** The entries of a record, a `Map`, or any iterable of `[key, source]`. */
export function keyedEntries(sources: unknown): [unknown, unknown][] {
  if (typeof sources !== 'object' || sources === null) {
    refuse('sources', 'a record, a Map or an iterable of [key, source]', sources)
  }
  if (!(Symbol.iterator in sources)) return Object.entries(sources)
  const entries: [unknown, unknown][] = []
  for (const entry of sources as Iterable<unknown>) {
    if (!Array.isArray(entry) || entry.length < 2) {
      refuse(`sources[${String(entries.length)}]`, '[key, source] (or give a record: { name: source })', entry)
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
