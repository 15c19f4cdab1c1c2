import { describe, expect, test } from 'vitest'
import { makePresenter } from '../../src/present/make-presenter.ts'
import type { Presenter } from '../../src/present/presenter.ts'
import { pipe, terminal } from '../support/defaults.ts'
import { bytes, err, exit, joined, out, pieces, presented, start } from '../support/presented.ts'

describe('lines', () => {
  test('stand behind the mark of their stream', () => {
    expect(presented(pipe, out('one\ntwo\n'), err('three\n'))).toBe('out | one\nout | two\nerr | three\n')
  })

  test('may be empty, and a text may be cut anywhere', () => {
    expect(presented(pipe, out('\n'), out('a'), out(''), out('b\n\n'))).toBe('out | \nout | ab\nout | \n')
  })

  test('end with \\n or \\r\\n, also when that is cut', () => {
    expect(presented(pipe, out('one\r\ntwo\r'), out('\nthree\r\r\n'))).toBe('out | one\nout | two\nout | three\n')
  })

  test('get their newline at the end', () => {
    const presenter = makePresenter(pipe)
    presenter.show(out('one'))
    expect(presenter.close()).toEqual([{ to: 'stdout', text: '\n' }])
    expect(presenter.close()).toEqual([])
  })

  test('appear at once, also when they are not whole', () => {
    const presenter = makePresenter(pipe)
    expect(joined(presenter.show(out('Name: ')))).toEqual([{ to: 'stdout', text: 'out | Name: ' }])
    expect(presenter.isLineOpen).toBe(true)
    expect(joined(presenter.show(out('Ada\n')))).toEqual([{ to: 'stdout', text: 'Ada\n' }])
    expect(presenter.isLineOpen).toBe(false)
  })

  test('with bytes that are not UTF-8 show U+FFFD for them', () => {
    expect(presented(pipe, bytes(0x61, 0xff, 0x62, 0x0a))).toBe('out | a\ufffdb\n')
  })
})

describe('a line that is open when something else comes', () => {
  test('is ended, and goes on behind a +', () => {
    expect(presented(pipe, out('one'), err('two\n'), out(' and a half\n'))).toBe(
      'out | one\nerr | two\nout +  and a half\n',
    )
  })

  test('is ended where it was written', () => {
    expect(pieces(pipe, out('one'), err('two\n'))).toEqual([
      { to: 'stdout', text: 'out | one' },
      { to: 'stdout', text: '\n' },
      { to: 'stderr', text: 'err | two\n' },
    ])
  })

  test('is not shown again when only its newline comes then', () => {
    expect(presented(pipe, out('one'), err('two\n'), out('\nthree\n'))).toBe('out | one\nerr | two\nout | three\n')
  })

  test('goes on where it is where the two have a place each', () => {
    expect(pieces({ ...pipe, isShared: false }, out('one'), err('two\n'), out('!\n'))).toEqual([
      { to: 'stdout', text: 'out | one' },
      { to: 'stderr', text: 'err | two\n' },
      { to: 'stdout', text: '!\n' },
    ])
  })

  test('is in the way of the other stream where both go to stdout', () => {
    const style = { ...pipe, isShared: false, to: 'stdout' } as const
    expect(pieces(style, out('one'), err('two\n'), out('!\n')).every(({ to }) => to === 'stdout')).toBe(true)
    expect(presented(style, out('one'), err('two\n'), out('!\n'))).toBe('out | one\nerr | two\nout + !\n')
  })

  test('may be that of another command', () => {
    const style = { ...pipe, names: ['a', 'b'] }
    expect(presented(style, out('one', { name: 'a' }), out('two', { name: 'b' }), out('!', { name: 'a' }))).toBe(
      'a out | one\nb out | two\na out + !\n',
    )
  })
})

describe('\\r', () => {
  const bar = [out('10%\r20'), out('%'), out('\r'), out('100%\n')]

  test('goes back to the start of the line at a terminal, where the mark is written anew', () => {
    expect(presented(terminal, ...bar)).toBe('out | 10%\rout | 20%\rout | 100%\n')
  })

  test('begins a line elsewhere, so that nothing is lost', () => {
    expect(presented(pipe, ...bar)).toBe('out | 10%\nout | 20%\nout | 100%\n')
    expect(presented({ ...terminal, format: 'plain' }, ...bar)).toBe('out | 10%\nout | 20%\nout | 100%\n')
  })

  test('has no effect at the start of a line', () => {
    for (const style of [terminal, pipe])
      expect(presented(style, out('\r\r1\n'), out('\r'), out('2\n'))).toBe('out | 1\nout | 2\n')
  })

  test('leaves a line alone that something else came into', () => {
    expect(presented(terminal, out('10%'), err('oh\n'), out('\r20%\n'))).toBe('out | 10%\nerr | oh\nout | 20%\n')
  })

  test('asks where the stream is shown', () => {
    const style = { ...pipe, isStderrTerminal: true, isShared: false, color: 'never' } as const
    expect(pieces(style, out('1\r2'), err('1\r2'))).toEqual([
      { to: 'stdout', text: 'out | 1\nout | 2' },
      { to: 'stderr', text: 'err | 1\rerr | 2' },
      { to: 'stdout', text: '\n' },
      { to: 'stderr', text: '\n' },
    ])
  })
})

describe('of starts and ends', () => {
  test('nothing is shown where all went well', () => {
    expect(presented(pipe, start(), out('one\n'), exit())).toBe('out | one\n')
    expect(presented(pipe, start({ name: 'api' }), exit({}, { name: 'api' }))).toBe('')
  })

  test('nothing is shown of a command without a name: our exit code tells it', () => {
    expect(presented(pipe, start(), exit({ code: 3 }))).toBe('')
  })

  test('a failure is shown on stderr where the command has a name', () => {
    const style = { ...pipe, names: ['api', 'web'] }
    expect(pieces(style, start({ name: 'api' }), exit({ code: 3 }, { name: 'api' }))).toEqual([
      { to: 'stderr', text: 'api     | exited with code 3\n' },
    ])
  })

  test('an end is that of the line that was open', () => {
    const api = { name: 'api' }
    expect(presented(pipe, start(api), out('one', api), exit({ code: 3 }, api), start(api), out('two', api))).toBe(
      'api out | one\napi     | exited with code 3\napi out | two\n',
    )
  })

  test('an end ends the colours and the sequence that was not whole', () => {
    const style = { ...pipe, color: 'always', prefix: '' } as const
    expect(presented(style, start(), out('\u001b[31mred\u001b['), exit(), start(), out('plain'), exit())).toBe(
      '\u001b[31mred^[[\u001b[0m\nplain\n',
    )
  })

  test('a missing end is none of the text, and a missing start does no harm', () => {
    expect(presented(pipe, start(), out('one'), start(), out('two'))).toBe('out | one\nout | two\n')
    expect(presented(pipe, out('a record without its beginning\n'), exit({}, { name: 'x' }))).toBe(
      'out | a record without its beginning\n',
    )
  })
})

describe('a note of our own', () => {
  const presenterAfter = (style: typeof pipe): Presenter => {
    const presenter = makePresenter(style)
    presenter.show(out('one'))
    return presenter
  }

  test('is a line on stderr, never within another', () => {
    const presenter = presenterAfter(pipe)
    expect(joined(presenter.note('rivulet: oh'))).toEqual([
      { to: 'stdout', text: '\n' },
      { to: 'stderr', text: 'rivulet: oh\n' },
    ])
    expect(presenter.isLineOpen).toBe(false)
    expect(joined(presenter.show(out(' more\n')))).toEqual([{ to: 'stdout', text: 'out +  more\n' }])
  })

  test.each([{ to: 'both' }, { to: 'stdout' }] as const)('leaves a line alone that is elsewhere: %j', (to) => {
    const presenter = presenterAfter({ ...pipe, ...to, isShared: false })
    expect(joined(presenter.note('rivulet: oh'))).toEqual([{ to: 'stderr', text: 'rivulet: oh\n' }])
    expect(joined(presenter.show(out(' more\n')))).toEqual([{ to: 'stdout', text: ' more\n' }])
  })
})

test('a place that both streams share has its pieces in the order of the events', () => {
  const given = pieces(pipe, out('1\n'), err('2\n'), out('3\n'))
  expect(given.map(({ to }) => to)).toEqual(['stdout', 'stderr', 'stdout'])
})
