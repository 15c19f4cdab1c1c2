/** What can be merged: an iterable, async or not, or a function that makes one and can be told to stop by its signal. */
export type Source<T> = AsyncIterable<T> | Iterable<T> | ((signal: AbortSignal) => AsyncIterable<T> | Iterable<T>)

/** The items of a source. */
export type SourceItem<S> = S extends (signal: AbortSignal) => infer R ? IterableItem<R> : IterableItem<S>

type IterableItem<I> = I extends AsyncIterable<infer T> ? T : I extends Iterable<infer T> ? Awaited<T> : never
