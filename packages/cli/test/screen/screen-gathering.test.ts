import { describe, expect, test } from 'vitest'
import { rejectionOf, stateOf, turn } from '../../../rivulet/test/support/turn.ts'
import type { Piece } from '../../src/present/presenter.ts'
import { OutputError } from '../../src/screen/output-error.ts'
import { fakeScreen } from './support/fake-screen.ts'

const piece = (text: string, to: Piece['to'] = 'stdout'): Piece[] => [{ to, text }]

function gatheringScreen() {
  const { screen, ...rest } = fakeScreen({ names: ['stdout ', 'stderr '] })
  return { ours: screen({ isGathering: true }), ...rest }
}

describe('a screen that gathers', () => {
  test('writes together what comes at once, in its order, when the event loop turns', async () => {
    const { ours, written } = gatheringScreen()
    await ours.write(piece('a'), false)
    await ours.write(piece('b'), false)
    await ours.write(piece('c', 'stderr'), false)
    await ours.write(piece('d'), true)
    expect(written).toEqual([])
    await turn()
    expect(written).toEqual(['stdout ab', 'stderr c', 'stdout d'])
    await ours.write(piece('e\n'), false)
    await turn()
    expect(written[3]).toBe('stdout e\n')
  })

  test('knows after the turn whether a line is open', async () => {
    const { ours, written } = gatheringScreen()
    await ours.write(piece('a'), true)
    await turn()
    ours.showStatus('status')
    expect(written).toEqual(['stdout a'])
    await ours.write(piece('b\n'), false)
    await turn()
    expect(written.at(-1)).toMatch(/status$/)
  })

  test('writes at once when it has 64 KiB', async () => {
    const { ours, written } = gatheringScreen()
    await ours.write(piece('x'.repeat(65_535)), false)
    expect(written.length).toBe(0)
    await ours.write(piece('y'), false)
    expect(written.length).toBe(1)
    await turn()
    expect(written.length).toBe(1)
  })

  test('flush() writes what is there at once, and nothing again', async () => {
    const { ours, written } = gatheringScreen()
    await ours.write(piece('x'), false)
    await ours.flush()
    expect(written).toEqual(['stdout x'])
    await turn()
    expect(written).toEqual(['stdout x'])
  })

  test('lets who writes wait as long as the write before it has to', async () => {
    const { ours, stdout } = gatheringScreen()
    stdout.isOpen = false
    await ours.write(piece('w'), false)
    await turn()
    const first = ours.write(piece('x'.repeat(70_000)), false)
    const next = ours.write(piece('y'), false)
    expect([await stateOf(first), await stateOf(next)]).toEqual(['pending', 'pending'])
    stdout.finish()
    expect([await first, await next]).toEqual([true, true])
  })

  test('tells with the next write that the reader has left', async () => {
    const { ours, stdout } = gatheringScreen()
    stdout.fail('EPIPE')
    expect(await ours.write(piece('x'), false)).toBe(true)
    await turn()
    expect(await ours.write(piece('y'), false)).toBe(false)
  })

  test('rejects the next write with the failure of one that nobody waited for', async () => {
    const { ours, stdout } = gatheringScreen()
    stdout.fail('ENOSPC')
    expect(await ours.write(piece('x'), false)).toBe(true)
    await turn()
    expect(await rejectionOf(ours.write(piece('y'), false))).toBeInstanceOf(OutputError)
  })
})
