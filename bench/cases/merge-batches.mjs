import { mergePeers, rivulet } from '../peers/merge.mjs'

async function* batches(items) {
  for (let i = 0; i < items; i++) yield Array.from({ length: 64 }, (_, index) => i + index)
}

// One copy for each side, as this file is loaded for each.
async function add(stream) {
  let sum = 0
  for await (const batch of stream) for (const number of batch) sum += number
  if (sum < 0) throw new Error('Numbers are lost')
}

const merging = ({ name, weaker, load }) => ({
  name,
  weaker,
  prepare: async (kit) => {
    const merge = await load()
    return (items) => add(merge(kit.spread(2, items, batches)))
  },
})

/** Where an item is an array, the merge is paid for once in 64. */
export const rows = [
  {
    work: 'arrays of 64 through a merge of 2 generators',
    target: 1.1,
    items: 10_000,
    baseline: { name: 'a bare loop', prepare: () => (items) => add(batches(items)) },
    contenders: [rivulet, ...mergePeers(2)].map(merging),
  },
]
