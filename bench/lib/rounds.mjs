import { performance } from 'node:perf_hooks'
import { summarise } from './statistics.mjs'

/** One run of a side: what it measured itself, or else the milliseconds that it took. */
async function once(run, items) {
  const start = performance.now()
  const own = await run(items)
  return typeof own === 'number' ? own : performance.now() - start
}

/** Doubles the items until a run of the first side is long beside what the clock and a collection cost. */
async function calibrate(run, items, roundMs) {
  for (let count = items; ; count *= 2) {
    const start = performance.now()
    await run(count)
    if (performance.now() - start >= roundMs) return count
  }
}

/**
 * Runs two sides in turn, in many short rounds, and gives the quartiles of the ratios of neighbours: a machine that is slow
 * for a while is slow for both. Who begins changes with each round. With one side only, those of its values.
 */
export async function measurePair(
  [first, second],
  { items, quickItems },
  { isQuick, roundMs, budgetMs, leastRounds, mostRounds },
) {
  // Where a row has items for a quick run, both numbers are the work itself, and nothing to be enlarged.
  const count = quickItems === undefined ? await calibrate(first, items, roundMs) : isQuick ? quickItems : items
  const values = []
  // The code of both has to be compiled before anything counts.
  await once(first, count)
  if (second !== undefined) for (let i = 0; i < 2; i++) await once(second, count)
  const start = performance.now()
  while (values.length < leastRounds || (performance.now() - start < budgetMs && values.length < mostRounds)) {
    if (second === undefined) {
      values.push(await once(first, count))
      continue
    }
    const isReversed = values.length % 2 === 1
    const early = await once(isReversed ? second : first, count)
    const late = await once(isReversed ? first : second, count)
    values.push(isReversed ? early / late : late / early)
  }
  return { ...summarise(values), items: count }
}
