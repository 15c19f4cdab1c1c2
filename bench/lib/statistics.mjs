/** The value below which this share of the sorted values lies, between two neighbours in proportion. */
function quantile(sorted, share) {
  const at = (sorted.length - 1) * share
  const below = Math.floor(at)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below)
}

/** The rule for a noisy pair: its middle half is spread over more than a tenth of the median. */
const noisySpread = 0.1

/** Median and quartiles, and whether they are too far apart to be relied on. */
export function summarise(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const [q1, median, q3] = [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)]
  return { median, q1, q3, rounds: values.length, isNoisy: q3 - q1 > noisySpread * median }
}
