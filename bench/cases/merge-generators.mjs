import { mergePeers, rivulet } from '../peers/merge.mjs'

const baseline = {
  name: 'a bare loop',
  prepare: (kit) => (items) => kit.drain(kit.generator(items), items),
}

const merging = (sources, { name, weaker, load }) => ({
  name,
  weaker,
  prepare: async (kit) => {
    const merge = await load()
    return (items) => kit.drain(merge(kit.spread(sources, items, kit.generator)), items)
  },
})

const targets = { 2: 1.4, 10: 1.4, 100: 1.5, 1_000: 1.8, 10_000: 2.2 }

/** The items of generators, in a loop over the merge of them, over those of one generator in a bare loop. */
export const rows = Object.entries(targets).map(([sources, target]) => ({
  work: `merge of ${sources} generators`,
  target,
  // Enough of each source that its opening does not count.
  items: Math.max(20_000, 100 * sources),
  baseline,
  contenders: [rivulet, ...mergePeers(sources)].map((merge) => merging(sources, merge)),
}))
