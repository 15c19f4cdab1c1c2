import { isBuiltin } from 'node:module'
import { rivulet } from '../peers/merge.mjs'

/** Node's own, behind a flag in the newest: it merges bytes only. */
const nodeStreams = {
  name: 'node:stream/iter',
  weaker: 'bytes only, in batches; experimental',
  load: async () => {
    const { merge } = await import('node:stream/iter')
    return (sources) => merge(...sources)
  },
}

const byte = new Uint8Array(1)

async function* bytes(items) {
  for (let i = 0; i < items; i++) yield byte
}

async function drain(stream, items) {
  let count = 0
  for await (const item of stream) if (item !== null) count++
  if (count < items) throw new Error(`${count} of ${items} items came`)
}

const merging = (count, { name, weaker, load }) => ({
  name,
  weaker,
  prepare: async ({ spread }) => {
    const merge = await load()
    return (items) => drain(merge(spread(count, items, bytes)), items)
  },
})

/** Measured in a process of its own, which is given the flag. */
const isThere = isBuiltin('node:stream/iter') || process.allowedNodeEnvironmentFlags.has('--experimental-stream-iter')

/** Only where there is someone to be compared with: the other rows say the rest. */
export const rows = (isThere ? [2, 10] : []).map((count) => ({
  work: `merge of ${count} generators of single bytes`,
  items: 10_000,
  baseline: { name: 'a bare loop', prepare: () => (items) => drain(bytes(items), items) },
  contenders: [rivulet, nodeStreams].map((way) => merging(count, way)),
}))
