import { setImmediate, setTimeout } from 'node:timers'
import { mergePeers, rivulet } from '../peers/merge.mjs'

const immediate = () => new Promise((resolve) => setImmediate(resolve))
const timer = () => new Promise((resolve) => setTimeout(resolve, 1))

async function* waiting(items, wait) {
  for (let i = 0; i < items; i++) {
    await wait()
    yield i
  }
}

const sideBySide = (sources, wait) => ({
  name: 'the same sources side by side',
  prepare: (kit) => (items) => Promise.all(kit.spread(sources, items, (part) => kit.drain(waiting(part, wait), part))),
})

const merging = (sources, wait, { name, weaker, load }) => ({
  name,
  weaker,
  prepare: async (kit) => {
    const merge = await load()
    return (items) => kit.drain(merge(kit.spread(sources, items, (part) => waiting(part, wait))), items)
  },
})

const row = (sources, what, wait, items, target) => ({
  work: `merge of ${sources} sources that wait for ${what}`,
  target,
  items,
  baseline: sideBySide(sources, wait),
  contenders: [rivulet, ...mergePeers(sources)].map((merge) => merging(sources, wait, merge)),
})

/** Sources that truly wait. */
export const rows = [
  row(2, 'an immediate', immediate, 2_000, 1.15),
  row(100, 'an immediate', immediate, 10_000, 1.27),
  row(100, 'a timer', timer, 2_000, 1.03),
]
