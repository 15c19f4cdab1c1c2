/** What became of the generators between a stream and its reader, in the order in which it happened. */
export class Trace {
  /** What a loop was told when its stream was stopped. */
  readonly told: unknown[] = []
  /** How often code ran that stands behind a loop which was stopped. */
  passed = 0
  /** How many `finally` blocks have run to their end. */
  unwound = 0
}

/** Hands on what it reads, as anybody writes it. */
export async function* through<T>(stream: AsyncIterable<T>, trace: Trace): AsyncGenerator<T, void> {
  try {
    for await (const item of stream) yield item
    trace.passed++
  } catch (error) {
    trace.told.push(error)
    throw error
  } finally {
    trace.unwound++
  }
}

/** A filter that accepts nothing: it reads on and never yields. */
export async function* withholding<T>(stream: AsyncIterable<T>, trace: Trace): AsyncGenerator<T, void> {
  for await (const item of through(stream, trace)) if (trace.passed > 0) yield item
}

/** A stream behind as many generators. */
export function behind<T>(count: number, stream: AsyncIterable<T>, trace: Trace): AsyncIterable<T> {
  let outermost = stream
  for (let i = 0; i < count; i++) outermost = through(outermost, trace)
  return outermost
}
