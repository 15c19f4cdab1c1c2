import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Piece } from '../../src/present/presenter.ts'
import { PieceQueue } from '../../src/screen/piece-queue.ts'

function taken(queue: PieceQueue): Piece[] {
  const all: Piece[] = []
  for (let piece = queue.take(); piece !== undefined; piece = queue.take()) all.push(piece)
  return all
}

test('texts for one place that follow one another are taken as one; bytes, and another place, part them', () => {
  const queue = new PieceQueue()
  const bytes = new Uint8Array([1])
  queue.push({ to: 'stdout', text: 'a' })
  queue.push({ to: 'stdout', text: 'b' })
  queue.push({ to: 'stderr', text: 'c' })
  queue.push({ to: 'stderr', text: bytes })
  queue.push({ to: 'stderr', text: 'd' })
  queue.push({ to: 'stdout', text: 'e' })
  expect(taken(queue)).toEqual([
    { to: 'stdout', text: 'ab' },
    { to: 'stderr', text: 'c' },
    { to: 'stderr', text: bytes },
    { to: 'stderr', text: 'd' },
    { to: 'stdout', text: 'e' },
  ])
})

test('what is taken at once does not become large', () => {
  const queue = new PieceQueue()
  for (let i = 0; i < 1000; i++) queue.push({ to: 'stdout', text: 'x'.repeat(1000) })
  for (const { text } of taken(queue)) expect(text.length).toBeLessThan(67_000)
})

test('all that was pushed is taken, in its order, and counted while it waits', () => {
  const piece = fc.record({
    to: fc.constantFrom('stdout' as const, 'stderr' as const),
    text: fc.string({ unit: 'binary' }),
  })
  const step = fc.oneof({ arbitrary: piece, weight: 3 }, fc.constant('take' as const))
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const queue = new PieceQueue()
      const given: Piece[] = []
      const got: Piece[] = []
      for (const each of steps) {
        if (each === 'take') got.push(...[queue.take()].filter((found) => found !== undefined))
        else {
          given.push(each)
          queue.push(each)
        }
        const waiting = joined(given).length - joined(got).length
        expect(waiting).toBeGreaterThanOrEqual(0)
        const bytes = (pieces: Piece[]): number => pieces.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
        expect(queue.bytes).toBe(bytes(given) - bytes(got))
      }
      got.push(...taken(queue))
      expect(joined(got)).toBe(joined(given))
      expect([queue.isEmpty, queue.bytes]).toEqual([true, 0])
    }),
  )
})

/** What a reader of both places sees, if they are one. */
function joined(pieces: Piece[]): string {
  return pieces.map(({ to, text }) => Array.from(text as string, (character) => `${to}${character}`).join('')).join('')
}
