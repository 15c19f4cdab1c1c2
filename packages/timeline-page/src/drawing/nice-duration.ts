const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Steps, in milliseconds, that put the marks of an axis at round numbers. */
const durations = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
]

/** The shortest round duration of at least `atLeastMs`, never below 1 ms. */
export function niceDurationMs(atLeastMs: number): number {
  const found = durations.find((ms) => ms >= atLeastMs)
  if (found !== undefined) return found
  let decade = day
  while (decade * 10 < atLeastMs) decade *= 10
  return [1, 2, 5, 10].map((count) => count * decade).find((ms) => ms >= atLeastMs) ?? decade * 10
}
