import { describe, expect, test } from 'vitest'
import type { Piece } from '../../src/present/presenter.ts'
import { GatheringScreen } from '../../src/show/gathering-screen.ts'
import { rejectionOf, stateOf, turn } from '../../../rivulet/test/support/turn.ts'

/** A screen that keeps what is written, and answers as it is told to. */
class KeptScreen {
  readonly writes: [texts: string, isLineOpen: boolean][] = []
  answer: () => Promise<boolean> = () => Promise.resolve(true)

  write(pieces: readonly Piece[], isLineOpen: boolean): Promise<boolean> {
    this.writes.push([pieces.map(({ to, text }) => `${to} ${String(text)}`).join(', '), isLineOpen])
    return this.answer()
  }
}

const piece = (text: string, to: Piece['to'] = 'stdout'): Piece[] => [{ to, text }]

describe('GatheringScreen', () => {
  test('writes together what comes at once, in its order, when the event loop turns', async () => {
    const screen = new KeptScreen()
    const output = new GatheringScreen(screen)
    await output.write(piece('a'), false)
    await output.write(piece('b', 'stderr'), false)
    await output.write(piece('c'), true)
    expect(screen.writes).toEqual([])
    await turn()
    expect(screen.writes).toEqual([['stdout a, stderr b, stdout c', true]])
    await output.write(piece('d\n'), false)
    await turn()
    expect(screen.writes[1]).toEqual(['stdout d\n', false])
  })

  test('writes at once when it has 64 KiB', async () => {
    const screen = new KeptScreen()
    const output = new GatheringScreen(screen)
    await output.write(piece('x'.repeat(65_535)), false)
    expect(screen.writes.length).toBe(0)
    await output.write(piece('y'), false)
    expect(screen.writes.length).toBe(1)
    await turn()
    expect(screen.writes.length).toBe(1)
  })

  test('flush() writes what is there at once, and nothing again', async () => {
    const screen = new KeptScreen()
    const output = new GatheringScreen(screen)
    await output.write(piece('x'), false)
    await output.flush()
    await turn()
    expect(screen.writes).toEqual([['stdout x', false]])
  })

  test('lets who writes wait as long as the write before it has to', async () => {
    const screen = new KeptScreen()
    const output = new GatheringScreen(screen)
    const answers: ((isThere: boolean) => void)[] = []
    screen.answer = () => new Promise((resolve) => answers.push(resolve))
    await output.write(piece('x'), false)
    await turn()
    const next = output.write(piece('y'), false)
    expect(await stateOf(next)).toBe('pending')
    answers[0]?.(true)
    expect(await next).toBe(true)
  })

  test('tells with the next write that the reader has left', async () => {
    const screen = new KeptScreen()
    const output = new GatheringScreen(screen)
    screen.answer = () => Promise.resolve(false)
    expect(await output.write(piece('x'), false)).toBe(true)
    await turn()
    expect(await output.write(piece('y'), false)).toBe(false)
  })

  test('rejects the next write with the failure of one that nobody waited for', async () => {
    const screen = new KeptScreen()
    const output = new GatheringScreen(screen)
    screen.answer = () => Promise.reject(new Error('full'))
    await output.write(piece('x'), false)
    await turn()
    expect(await rejectionOf(output.write(piece('y'), false))).toEqual(new Error('full'))
  })
})
