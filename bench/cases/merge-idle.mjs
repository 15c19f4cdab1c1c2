import { mergePeers, rivulet } from '../peers/merge.mjs'

const besideIdle = (idle, { name, weaker, load }) => ({
  name,
  weaker,
  prepare: async (kit) => {
    const merge = await load()
    return (items) => {
      const sources = [kit.generator(items), ...Array.from({ length: idle }, () => new kit.Idle())]
      return kit.take(merge(sources), items)
    }
  },
})

/** What a hot source costs beside sources that never have an item. */
export const rows = [
  {
    work: 'merge of one generator and 999 idle sources',
    target: 1.75,
    items: 200_000,
    baseline: { name: 'a bare loop', prepare: (kit) => (items) => kit.take(kit.generator(items), items) },
    contenders: [rivulet, ...mergePeers(1_000)].map((merge) => besideIdle(999, merge)),
  },
  {
    work: 'merge of one generator and 10,000 idle sources',
    // None beyond noise.
    target: 1.05,
    // So many that the opening and closing of the idle ones is lost in them.
    items: 2_000_000,
    baseline: { ...besideIdle(10, rivulet), name: 'the same with 10 idle' },
    contenders: [besideIdle(10_000, rivulet)],
  },
]
