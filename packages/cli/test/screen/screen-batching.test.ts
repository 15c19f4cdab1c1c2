import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { turn } from '../../../rivulet/test/support/turn.ts'
import type { Piece } from '../../src/present/presenter.ts'
import { FakeDestination, fakeScreen } from './support/fake-screen.ts'

const out = (text: Piece['text']): Piece => ({ to: 'stdout', text })
const err = (text: Piece['text']): Piece => ({ to: 'stderr', text })

/** A screen with a write under way, so that what is given next has to wait. Each write has its place before it: `o` or `e`. */
async function busyScreen() {
  const { screen, stdout, stderr, written } = fakeScreen({ names: ['o', 'e'] })
  const ours = screen()
  stdout.isOpen = stderr.isOpen = false
  await ours.write([out('')], false)
  return { ours, stdout, stderr, written }
}

function finishAll(...destinations: FakeDestination[]): void {
  while (destinations.some(({ isWriting }) => isWriting)) for (const each of destinations) each.finish()
}

describe('what waits', () => {
  test('is written as one if it is text for one place; bytes, and another place, part it', async () => {
    const { ours, stdout, stderr, written } = await busyScreen()
    await ours.write([out('a'), out('b'), err('c'), err(new Uint8Array([33])), err('d'), out('e')], false)
    await ours.write([out('f')], false)
    finishAll(stdout, stderr)
    expect(written).toEqual(['o', 'oab', 'ec', 'e33', 'ed', 'oef'])
  })

  test('is not written as one if it is large', async () => {
    const { ours, stdout, written } = await busyScreen()
    for (let i = 0; i < 1000; i++) void ours.write([out('x'.repeat(1000))], false)
    finishAll(stdout)
    expect(written.map((chunk) => chunk.slice(1)).join('')).toBe('x'.repeat(1_000_000))
    for (const chunk of written) expect(chunk.length).toBeLessThan(67_000)
  })

  test('is all written, in its order, and holds up whoever writes while it has more than 64 KiB', async () => {
    const piece = fc.record({
      to: fc.constantFrom('stdout' as const, 'stderr' as const),
      text: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('é'.repeat(12_000), '😀'.repeat(9_000))),
    })
    const step = fc.oneof({ arbitrary: piece, weight: 3 }, fc.constant('finish' as const))
    await fc.assert(
      fc.asyncProperty(fc.array(step), async (steps) => {
        const { ours, stdout, stderr, written } = await busyScreen()
        const given: string[] = []
        let isHeldUp = false
        for (const each of steps) {
          if (each === 'finish') {
            stdout.finish()
            stderr.finish()
          } else {
            given.push(`${each.to === 'stdout' ? 'o' : 'e'}${each.text}`)
            isHeldUp = true
            void ours.write([each], false).then(() => (isHeldUp = false))
          }
          await turn()
          const begun = [...written, stdout.writing, stderr.writing].filter((chunk) => chunk !== undefined)
          const waiting = Buffer.byteLength(texts(given)) - Buffer.byteLength(texts(begun))
          expect(waiting).toBeGreaterThanOrEqual(0)
          expect(isHeldUp).toBe(waiting > 65_536)
        }
        finishAll(stdout, stderr)
        await ours.close()
        expect(seen(written)).toBe(seen(given))
      }),
    )
  })
})

function texts(chunks: readonly string[]): string {
  return chunks.map((chunk) => chunk.slice(1)).join('')
}

/** What a reader of both places sees, if they are one: each character with its place. */
function seen(chunks: readonly string[]): string {
  return chunks.map((chunk) => Array.from(chunk.slice(1), (character) => `${chunk[0]}${character}`).join('')).join('')
}
