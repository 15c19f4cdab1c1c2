const figure = (value) => value.toPrecision(3)

const reached = ({ error, median, unit }) => (error === undefined ? `${figure(median)}${unit ? ` ${unit}` : ''}` : '—')

const quartiles = ({ error, q1, q3, isNoisy }) => error ?? `${figure(q1)} to ${figure(q3)}${isNoisy ? ' (noisy)' : ''}`

/** A table in markdown. */
export function rows(head, lines) {
  return [head, head.map(() => '---'), ...lines]
    .map((cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')
}

/** All that was measured, as a table in markdown. */
export function markdown(results) {
  const head = ['work', 'who', 'ratio', 'quartiles', 'at most', 'weaker semantics']
  const lines = results.map((result) => [
    result.over === undefined ? result.work : `${result.work}, over ${result.over}`,
    result.name,
    reached(result),
    quartiles(result),
    result.target ?? '',
    result.weaker ?? '',
  ])
  return rows(head, lines)
}

/** What is above its target, as a table; empty where nothing is. */
export function misses(results) {
  const missed = results.filter(({ target, error, median }) => target !== undefined && (error ?? median > target))
  if (missed.length === 0) return ''
  return rows(
    ['work', 'at most', 'reached', 'quartiles'],
    missed.map((result) => [result.work, result.target, reached(result), quartiles(result)]),
  )
}
