import { rivulet, sharePeers } from '../peers/share.mjs'

const readers = 4

/** The least that it can be, a list of promises: no bound, no late reader, no closing. */
function byHand(source) {
  const iterator = source[Symbol.asyncIterator]()
  const first = { result: undefined, next: undefined }
  return Array.from({ length: readers }, () => {
    let place = first
    return {
      next() {
        const { result } = place
        if (result !== undefined) {
          place = place.next
          return result
        }
        const asked = (place.result = iterator.next())
        place = place.next = { result: undefined, next: undefined }
        return asked
      },
      [Symbol.asyncIterator]() {
        return this
      },
    }
  })
}

const reading = (kit, share) => async (items) => {
  const streams = await share(kit.generator(items), readers)
  await Promise.all(streams.map((stream) => kit.drain(stream, items)))
}

export const rows = [
  {
    work: 'share of a generator with 4 readers',
    items: 20_000,
    baseline: { name: 'a list of promises by hand', prepare: (kit) => reading(kit, byHand) },
    contenders: [rivulet, ...sharePeers].map(({ name, weaker, load }) => ({
      name,
      weaker,
      prepare: async (kit) => reading(kit, await load()),
    })),
  },
]
