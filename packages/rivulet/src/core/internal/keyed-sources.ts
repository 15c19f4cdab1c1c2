import { show } from '../checks/options.ts'

/** The entries of a record, a `Map`, or any iterable of `[key, source]`. */
export function keyedSources(sources: unknown): [unknown, unknown][] {
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
