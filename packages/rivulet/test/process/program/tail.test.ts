import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Tail } from '../../../src/process/program/tail.ts'

const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))

test('it is the last bytes, whatever the chunks and whenever it is asked for', () => {
  const chunk = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e'), maxLength: 30 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.array(chunk), (capacityBytes, chunks) => {
      const tail = new Tail(capacityBytes)
      let all = ''
      for (const text of chunks) {
        tail.push(ascii(text))
        all += text
        expect(tail.toString()).toBe(all.slice(-capacityBytes))
      }
    }),
    { numRuns: 500 },
  )
})

test('of very many small chunks, too, it is the last bytes', () => {
  const tail = new Tail(3000)
  let all = ''
  for (let i = 0; i < 5000; i++) {
    const text = String(i % 10)
    tail.push(ascii(text))
    all += text
  }
  expect(tail.toString()).toBe(all.slice(-3000))
})

/** By itself, so that no chunk outlives the pushing on the stack. */
function tailOf(count: number, chunkBytes: number): Tail {
  const tail = new Tail()
  for (let i = 0; i < count; i++) tail.push(new Uint8Array(chunkBytes))
  return tail
}

test('what it holds is bounded, however much comes and in however small chunks', () => {
  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('gc') as () => void
  const heldBytes = (): number => {
    // The second waits for what the first has left to be freed.
    collectGarbage()
    collectGarbage()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  for (const [count, chunkBytes] of [
    [20, 1_000_000],
    [500, 60_000],
    [130_000, 1],
  ] as const) {
    const before = heldBytes()
    const tail = tailOf(count, chunkBytes)
    expect(heldBytes() - before).toBeLessThan(700_000)
    expect(tail.toString()).toHaveLength(65_536)
  }
})

test('it has 65,536 bytes unless told otherwise', () => {
  const tail = new Tail()
  tail.push(ascii(`${'a'.repeat(10)}${'b'.repeat(65_535)}`))
  tail.push(ascii('c'))
  expect(tail.toString()).toBe(`${'b'.repeat(65_535)}c`)
})

test('without a byte it is empty', () => {
  const tail = new Tail()
  tail.push(new Uint8Array(0))
  expect(tail.toString()).toBe('')
})

test('later changes of a chunk, which is its taker’s to change, do not change it', () => {
  const tail = new Tail(4)
  for (const text of ['ab', 'cdefgh', 'i']) {
    const chunk = ascii(text)
    tail.push(chunk)
    chunk.fill(0)
  }
  // A Buffer too, whose own `slice` would not copy.
  const buffer = Buffer.from('j')
  tail.push(new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length))
  buffer.fill(0)
  expect(tail.toString()).toBe('ghij')
})

test('a code point that the beginning cuts, and what is no UTF-8, is shown as such', () => {
  const tail = new Tail(3)
  tail.push(ascii('€é'))
  expect(tail.toString()).toBe('\ufffdé')
  tail.push(new Uint8Array([0xff]))
  expect(tail.toString()).toBe('é\ufffd')
})
