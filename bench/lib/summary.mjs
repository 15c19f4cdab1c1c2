import { rows } from './table.mjs'

const figure = (value) => value.toPrecision(3)

/** The table of the README: of each work what Rivulet reached, and the peer that came closest. */
export function summary(results) {
  const measured = results.filter(({ error, over }) => error === undefined && over !== undefined)
  const lines = measured
    .filter(({ name }) => name.startsWith('rivulet'))
    .map(({ work, over, median, isNoisy }) => {
      const peers = measured.filter((other) => other.work === work && !other.name.startsWith('rivulet'))
      const best = peers.toSorted((a, b) => a.median - b.median)[0]
      return [
        work,
        over,
        `**${figure(median)}**${isNoisy ? ' (noisy)' : ''}`,
        best === undefined ? '' : `${figure(best.median)}, ${best.name}`,
        best?.weaker ?? '',
      ]
    })
  return rows(['work', 'over', 'Rivulet', 'the fastest peer', 'where that is weaker'], lines)
}
