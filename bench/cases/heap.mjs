import { mergePeers, rivulet } from '../peers/merge.mjs'

const million = 1_000_000

const keeping = ({ name, weaker, load }) => ({
  name,
  weaker,
  prepare: async (kit) => {
    const merge = await load()
    return async (items) => {
      const stream = merge([kit.generator(Infinity), new kit.Idle()])[Symbol.asyncIterator]()
      const read = async (count) => {
        for (let i = 0; i < count; i++) await stream.next()
      }
      const kept = () => {
        globalThis.gc()
        globalThis.gc()
        return process.memoryUsage().heapUsed
      }
      await read(10_000)
      const before = kept()
      await read(items)
      const megabytes = (kept() - before) / 2 ** 20
      await stream.return()
      return Math.max(0, megabytes)
    }
  },
})

/** The heap after a million items, with everything still open. */
export const rows = [
  {
    work: 'heap kept after a million items beside a stuck source',
    unit: 'MB',
    target: 0.5,
    items: million,
    quickItems: million,
    contenders: [rivulet, ...mergePeers(2)].map(keeping),
  },
]
