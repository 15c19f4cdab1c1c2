import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FrameDecoder } from '../../../src/process/supervisor/frame-decoder.ts'
import { FrameError, type Frame } from '../../../src/process/supervisor/frame.ts'
import { frame, numbers } from '../../support/frames.ts'

const whole = Buffer.concat([
  frame(7, 0, numbers(4711)),
  frame(1, 0, numbers(4711)),
  frame(2, 1, Buffer.from('out')),
  frame(2, 2, Buffer.from('error')),
  frame(4, 0, numbers(-1, 11, 1)),
  frame(5, 1, Buffer.alloc(0)),
  frame(5, 2, Buffer.alloc(0)),
  frame(6, 0, numbers(3)),
])

/** What is decoded of the parts, with the output of a stream that follows itself joined. */
function decode(parts: readonly Uint8Array[]): unknown[] {
  const decoder = new FrameDecoder()
  const seen: unknown[] = []
  let text = ''
  let of = ''
  const flush = (): void => {
    if (text !== '') seen.push({ kind: 'output', stream: of, text })
    text = ''
  }
  for (const part of parts) {
    decoder.push(part)
    for (let next: Frame | undefined = decoder.next(); next !== undefined; next = decoder.next()) {
      if (next.kind === 'output') {
        if (next.stream !== of) flush()
        of = next.stream
        text += Buffer.from(next.bytes).toString()
        expect(next.t).toBe(1_700_000_000_123)
      } else {
        flush()
        seen.push(next)
      }
    }
  }
  flush()
  return seen
}

const wanted = [
  { kind: 'made', pid: 4711 },
  { kind: 'started', pid: 4711 },
  { kind: 'output', stream: 'stdout', text: 'out' },
  { kind: 'output', stream: 'stderr', text: 'error' },
  { kind: 'exited', code: null, killSignal: 11, hasDumpedCore: true },
  { kind: 'closed', stream: 'stdout' },
  { kind: 'closed', stream: 'stderr' },
  { kind: 'over', strays: 3 },
]

test('a stream of frames is the same however it is cut in two, and byte by byte', () => {
  for (let at = 0; at <= whole.length; at++) {
    expect(decode([whole.subarray(0, at), whole.subarray(at)])).toEqual(wanted)
  }
  expect(decode([...whole].map((byte) => Uint8Array.of(byte)))).toEqual(wanted)
})

test('the bytes of an output are nobody else’s', () => {
  const decoder = new FrameDecoder()
  const bytes = Buffer.from(whole)
  decoder.push(bytes)
  decoder.next()
  decoder.next()
  const output = decoder.next()
  bytes.fill(0)
  expect(output?.kind === 'output' && Buffer.from(output.bytes).toString()).toBe('out')
})

test.each([
  ['an unknown kind', frame(9, 0, numbers(1))],
  ['an output of no stream', frame(2, 0, Buffer.from('x'))],
  ['an empty output', frame(2, 1, Buffer.alloc(0))],
  ['a stream where none belongs', frame(1, 1, numbers(1))],
  ['a payload of another length', frame(6, 0, numbers(1, 2))],
  ['an unknown phase', frame(3, 0, numbers(7, 2))],
])('%s is a FrameError', (_, bytes) => {
  expect(() => decode([bytes])).toThrow(FrameError)
})

test('damaged frames give frames or a FrameError, and always an end', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 5 }), (damages) => {
      const bytes = Buffer.from(whole)
      for (const [at, value] of damages) bytes[at] = value
      const decoder = new FrameDecoder()
      decoder.push(bytes)
      try {
        while (decoder.next() !== undefined);
      } catch (error) {
        expect(error).toBeInstanceOf(FrameError)
      }
    }),
  )
})
