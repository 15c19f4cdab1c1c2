import { mergePeers, rivulet } from '../peers/merge.mjs'

const baseline = {
  name: 'a bare loop',
  prepare: (kit) => (items) => kit.drain(new kit.Iterator(items), items),
}

const merging = (sources, { name, weaker, load }) => ({
  name,
  weaker,
  prepare: async (kit) => {
    const merge = await load()
    return (items) => kit.drain(merge(kit.spread(sources, items, (part) => new kit.Iterator(part))), items)
  },
})

const targets = { 2: 1.75, 100: 1.9, 1_000: 2.1 }

/** As with generators, but with iterators written by hand, whose results have to be copied. */
export const rows = Object.entries(targets).map(([sources, target]) => ({
  work: `merge of ${sources} hand-written iterators`,
  target,
  items: Math.max(20_000, 100 * sources),
  baseline,
  contenders: [rivulet, ...mergePeers(sources)].map((merge) => merging(sources, merge)),
}))
