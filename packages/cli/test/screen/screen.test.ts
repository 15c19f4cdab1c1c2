import { describe, expect, test } from 'vitest'
import type { Piece } from '../../src/present/presenter.ts'
import { OutputError } from '../../src/screen/output-error.ts'
import { fakeScreen } from './support/fake-screen.ts'
import { TerminalScreen } from '../support/terminal-screen.ts'

const out = (text: string): Piece => ({ to: 'stdout', text })
const err = (text: string): Piece => ({ to: 'stderr', text })

/** Whether a promise has settled by the time that all has run which could. */
async function hasSettled(promise: Promise<unknown>): Promise<boolean> {
  let isSettled = false
  const settle = (): void => void (isSettled = true)
  promise.then(settle, settle)
  await new Promise((resolve) => setImmediate(resolve))
  return isSettled
}

describe('Screen', () => {
  test('writes in order across both, and begins no write before the one before it is done', async () => {
    const { screen, stdout, stderr, written } = fakeScreen({ names: ['out ', 'err '] })
    const ours = screen()
    stdout.isOpen = stderr.isOpen = false
    await ours.write([out('1'), err('2'), out('3')], false)
    expect([stdout.isWriting, stderr.isWriting]).toEqual([true, false])
    stdout.finish()
    expect([stdout.isWriting, stderr.isWriting]).toEqual([false, true])
    stderr.finish()
    stdout.finish()
    await ours.close()
    expect(written).toEqual(['out 1', 'err 2', 'out 3'])
  })

  test('what is given while a write goes on is written together after it', async () => {
    const { screen, stdout, written } = fakeScreen()
    const ours = screen()
    stdout.isOpen = false
    for (const text of 'abcd') await ours.write([out(text)], false)
    stdout.finish()
    stdout.finish()
    expect(written).toEqual(['a', 'bcd'])
  })

  test('a slow reader makes whoever writes wait, with at most 64 KiB and what was given last unwritten', async () => {
    const { screen, stdout } = fakeScreen()
    const ours = screen()
    stdout.isOpen = false
    expect(await ours.write([out('x'.repeat(60_000))], false)).toBe(true)
    expect(await ours.write([out('x'.repeat(60_000))], false)).toBe(true)
    const waiting = ours.write([out('x'.repeat(60_000))], false)
    expect(await hasSettled(waiting)).toBe(false)
    stdout.finish()
    expect(await waiting).toBe(true)
  })

  test('100,000 pieces that are written at once take turns, and no stack', async () => {
    const { screen, written } = fakeScreen()
    const ours = screen()
    const pieces = Array.from({ length: 100_000 }, (_, at) => (at % 2 === 0 ? out('o') : err('e')))
    expect(await ours.write(pieces, false)).toBe(true)
    await ours.close()
    expect(written.join('')).toBe('oe'.repeat(50_000))
  })

  test.each(['EPIPE', 'ECONNRESET', 'EIO'])(
    'where a write meets %s the reader has left, and nothing more is written',
    async (code) => {
      const { screen, stdout, written } = fakeScreen()
      const ours = screen()
      stdout.fail(code)
      expect(await ours.write([out('a'), err('b')], false)).toBe(false)
      expect(await ours.write([err('c')], false)).toBe(false)
      await ours.close()
      expect(written).toEqual([])
    },
  )

  test('what cannot be written is an `OutputError` of every later write and of closing', async () => {
    const { screen, stdout } = fakeScreen()
    const ours = screen()
    stdout.isTerminal = false
    stdout.fail('EIO')
    await expect(ours.write([out('a')], false)).rejects.toThrow(OutputError)
    await expect(ours.write([err('b')], false)).rejects.toThrow('Cannot write to stdout: EIO (EIO)')
    await expect(ours.close()).rejects.toThrow(OutputError)
  })

  test('who waits hears of a failure', async () => {
    const { screen, stdout } = fakeScreen()
    const ours = screen()
    stdout.isOpen = false
    await ours.write([out('x')], false)
    const waiting = ours.write([out('x'.repeat(70_000))], false)
    stdout.fail('ENOSPC')
    stdout.finish()
    await expect(waiting).rejects.toThrow(
      'Cannot write to stdout: the disk is full; make room, or write elsewhere (ENOSPC)',
    )
  })

  test('once the rest is discarded nobody waits, also while a write goes on', async () => {
    const { screen, stdout } = fakeScreen()
    const ours = screen()
    stdout.isOpen = false
    await ours.write([out('x')], false)
    const waiting = ours.write([out('x'.repeat(70_000))], false)
    ours.discard()
    expect(await waiting).toBe(false)
    await ours.close()
  })
})

describe('the status line', () => {
  function shown(written: string[]): string {
    const terminal = new TerminalScreen()
    terminal.write(written.join('').replaceAll('\n', '\r\n'))
    return terminal.text
  }

  test('stands below the output, and goes before more of it comes', async () => {
    const { screen, written } = fakeScreen()
    const ours = screen()
    await ours.write([out('a\n')], false)
    ours.showStatus('status 1')
    expect(shown(written)).toBe('a\nstatus 1')
    await ours.write([err('b\n'), out('c\n')], false)
    expect(shown(written)).toBe('a\nb\nc\nstatus 1')
    ours.showStatus('status')
    expect(shown(written)).toBe('a\nb\nc\nstatus')
    await ours.close()
    expect(shown(written)).toBe('a\nb\nc\n')
  })

  test('is never on a line that is open, and comes when that ends', async () => {
    const { screen, written } = fakeScreen()
    const ours = screen()
    ours.showStatus('status')
    await ours.write([out('name? ')], true)
    ours.showStatus('status 2')
    expect(shown(written)).toBe('name?')
    await ours.write([out('\n')], false)
    expect(shown(written)).toBe('name?\nstatus 2')
  })

  test('is drawn once, however often it is told while the terminal stands still', async () => {
    const { screen, stderr, written } = fakeScreen()
    const ours = screen()
    stderr.isOpen = false
    for (let second = 0; second < 1000; second++) ours.showStatus(`status ${second}`)
    stderr.finish()
    stderr.finish()
    expect(stderr.isWriting).toBe(false)
    expect(written).toEqual(['\r\u001b[K\u001b[0mstatus 0', '\r\u001b[K\u001b[0mstatus 999'])
  })

  test('is not written anew where it is as it was', async () => {
    const { screen, written } = fakeScreen()
    const ours = screen()
    ours.showStatus('status')
    ours.showStatus('status')
    expect(written).toHaveLength(1)
  })

  test('goes whole where the terminal has become narrower, and it stands on several lines', async () => {
    const { screen, stderr, written } = fakeScreen()
    const ours = screen()
    ours.showStatus('status 10')
    stderr.columns = () => 4
    await ours.close()
    expect(written.at(-1)).toBe('\r\u001b[2A\u001b[J')
  })

  test('goes when the rest is discarded', () => {
    const { screen, written } = fakeScreen()
    const ours = screen()
    ours.showStatus('status')
    ours.discard()
    expect(shown(written)).toBe('')
  })

  test('stays where what is written goes elsewhere', async () => {
    const { screen, stdout, written } = fakeScreen({ isShared: false, names: ['out ', ''] })
    stdout.isTerminal = false
    stdout.isFile = true
    const ours = screen()
    ours.showStatus('status')
    await ours.write([out('a\n')], false)
    expect(written).toEqual(['\r\u001b[K\u001b[0mstatus', 'out a\n'])
  })

  test.each([
    ['stderr is no terminal', { isTerminal: false }, { isTerminal: true }],
    [
      'stdout goes into a pipe, whose reader may write to the same terminal',
      { isTerminal: true },
      { isTerminal: false },
    ],
  ])('is not there where %s', async (_, ofStderr, ofStdout) => {
    const { screen, stdout, stderr, written } = fakeScreen()
    Object.assign(stdout, ofStdout)
    Object.assign(stderr, ofStderr)
    const ours = screen()
    ours.showStatus('status')
    await ours.close()
    expect([ours.canShowStatus, written]).toEqual([false, []])
  })
})
