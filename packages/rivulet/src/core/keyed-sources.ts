import type { Source, SourceItem } from './source.ts'

/** Sources with keys: a record, a `Map`, or any iterable of `[key, source]`. */
export type KeyedSources<K, S> = Readonly<Record<string, S>> | Iterable<readonly [K, S]>

/** The `[key, item]` pairs of keyed sources, a union that the key discriminates. */
export type KeyedItem<S> =
  S extends ReadonlyMap<infer K, infer V>
    ? Pair<K, V>
    : S extends Iterable<infer E>
      ? EntryItem<E>
      : { [K in keyof S & (string | number)]: [`${K}`, SourceItem<S[K]>] }[keyof S & (string | number)]

type EntryItem<E> = E extends readonly [infer K, infer V] ? Pair<K, V> : never

type Pair<K, V> = [K, SourceItem<V>]

/** The keys of keyed sources. */
export type SourceKey<S> = KeyedItem<S> extends readonly [infer K, unknown] ? K : never

/** What `mergeKeyed` takes. */
export type AnyKeyedSources = KeyedSources<unknown, Source<unknown>>
