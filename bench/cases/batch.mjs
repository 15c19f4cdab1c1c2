import { batchPeers, rivulet } from '../peers/batch.mjs'

const size = 64

/** The least that it can be: no time, no abort, and it cannot be left while it waits. */
async function* byHand(source) {
  let gathered = []
  for await (const item of source) {
    gathered.push(item)
    if (gathered.length < size) continue
    yield gathered
    gathered = []
  }
  if (gathered.length > 0) yield gathered
}

// One copy for each side, as this file is loaded for each.
async function count(stream, items) {
  let left = items
  for await (const { length } of stream) left -= length
  if (left !== 0) throw new Error(`${left} of ${items} items are lost`)
}

const baseline = {
  name: 'the least one by hand, without time',
  prepare: (kit) => (items) => count(byHand(kit.generator(items)), items),
}

const row = (work, ms) => ({
  work,
  target: 1.3,
  items: 20_000,
  baseline,
  contenders: [rivulet, ...batchPeers].map(({ name, weaker, load }) => ({
    name,
    weaker,
    prepare: async (kit) => {
      const batch = await load()
      return (items) => count(batch(kit.generator(items), size, ms), items)
    },
  })),
})

export const rows = [row('batches of 64 items of a generator'), row('batches of 64 items, or of a second', 1000)]
