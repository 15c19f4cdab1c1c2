/**
 * What can be merged: an iterable, async or not, or a function that gives one, or a promise of one, and can be told to stop by
 * its signal.
 */
export type Source<T> = Streamable<T> | ((signal: AbortSignal) => Streamable<T> | PromiseLike<Streamable<T>>)

type Streamable<T> = AsyncIterable<T> | Iterable<T>

/** The items of a source. */
export type SourceItem<S> = S extends (signal: AbortSignal) => infer R ? IterableItem<Awaited<R>> : IterableItem<S>

type IterableItem<I> = I extends AsyncIterable<infer T> ? T : I extends Iterable<infer T> ? Awaited<T> : never
