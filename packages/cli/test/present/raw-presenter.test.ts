import { describe, expect, test } from 'vitest'
import { makePresenter } from '../../src/present/make-presenter.ts'
import { pipe } from '../support/defaults.ts'
import { bytes, err, exit, out, pieces, start } from '../support/presented.ts'

const raw = { ...pipe, format: 'raw' } as const

describe('raw', () => {
  test('is what was read, to where it was written, and nothing else', () => {
    expect(pieces(raw, start(), out('a\u001b[2J'), err('b\n'), exit({ code: 3 }, { name: 'x' }))).toEqual([
      { to: 'stdout', text: 'a\u001b[2J' },
      { to: 'stderr', text: 'b\n' },
    ])
  })

  test('has bytes where they are not UTF-8', () => {
    expect(pieces(raw, bytes(0xff, 0x00, 0x0a))).toEqual([{ to: 'stdout', text: Buffer.from([0xff, 0x00, 0x0a]) }])
  })

  test('goes to stdout altogether where that is asked for', () => {
    expect(pieces({ ...raw, to: 'stdout' }, err('b'))).toEqual([{ to: 'stdout', text: 'b' }])
  })

  test('knows whether a line is open', () => {
    const presenter = makePresenter({ ...raw, isShared: false })
    const isOpenAfter = (...events: Parameters<typeof presenter.show>): boolean => {
      presenter.show(...events)
      return presenter.isLineOpen
    }
    expect(isOpenAfter(out('a'))).toBe(true)
    expect(isOpenAfter(err('b\n'))).toBe(true)
    expect(isOpenAfter(out('\n'))).toBe(false)
    expect(isOpenAfter(bytes(0xff))).toBe(true)
    expect(isOpenAfter(bytes(0xff, 0x0a))).toBe(false)
  })

  test('knows that a shared line ends whoever ends it', () => {
    const presenter = makePresenter(raw)
    presenter.show(out('a'))
    presenter.show(err('b\n'))
    expect(presenter.isLineOpen).toBe(false)
  })

  test('has notes on lines of their own, on stderr', () => {
    for (const isShared of [true, false]) {
      const presenter = makePresenter({ ...raw, isShared })
      presenter.show(out('a'))
      expect(presenter.note('oh')).toEqual([{ to: 'stderr', text: isShared ? '\noh\n' : 'oh\n' }])
      expect(presenter.note('oh')).toEqual([{ to: 'stderr', text: 'oh\n' }])
      expect(presenter.isLineOpen).toBe(!isShared)
    }
  })
})
