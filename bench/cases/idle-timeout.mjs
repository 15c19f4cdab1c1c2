import { setImmediate as immediate } from 'node:timers/promises'
import { idleTimeoutPeers, rivulet } from '../peers/idle-timeout.mjs'

const idleMs = 1000

async function* waiting(items) {
  for (let i = 0; i < items; i++) yield await immediate(i)
}

// As many items in each round as are said: where a timer is left behind for each, more would never end.
const row = (work, [quickItems, items], source) => ({
  work,
  items,
  quickItems,
  baseline: { name: 'a bare loop', prepare: (kit) => (count) => kit.drain(source(kit)(count), count) },
  contenders: [rivulet, ...idleTimeoutPeers].map(({ name, weaker, load }) => ({
    name,
    weaker,
    prepare: async (kit) => {
      const idleTimeout = await load()
      return (count) => kit.drain(idleTimeout(source(kit)(count), idleMs), count)
    },
  })),
})

export const rows = [
  row('idleTimeout of a generator', [20_000, 50_000], (kit) => kit.generator),
  row('idleTimeout of a source that waits for an immediate', [2_000, 5_000], () => waiting),
]
