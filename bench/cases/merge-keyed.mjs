import { merge, mergeKeyed } from 'rivulet'

const row = (what, target, make) => ({
  work: `mergeKeyed of 2 ${what}`,
  target,
  items: 20_000,
  baseline: {
    name: 'merge',
    prepare: (kit) => (items) => kit.drain(merge(kit.spread(2, items, (part) => make(kit, part))), items),
  },
  contenders: [
    {
      name: 'rivulet',
      prepare: (kit) => (items) => {
        const [a, b] = kit.spread(2, items, (part) => make(kit, part))
        return kit.drain(mergeKeyed({ a, b }), items)
      },
    },
  ],
})

/** What the key costs. */
export const rows = [
  row('generators', 1.06, (kit, items) => kit.generator(items)),
  row('hand-written iterators', 1.13, (kit, items) => new kit.Iterator(items)),
]
