import { describe, expect, test } from 'vitest'
import { makePresenter } from '../../src/present/make-presenter.ts'
import { stamp } from '../../src/present/marks.ts'
import { pipe } from '../support/defaults.ts'
import { err, exit, noon, out, presented, start } from '../support/presented.ts'

const esc = '\u001b'

describe('the mark', () => {
  test('is the stream, behind the name where there is one, padded to the longest', () => {
    expect(presented(pipe, out('a\n'), err('b\n'))).toBe('out | a\nerr | b\n')
    const style = { ...pipe, names: ['db', 'server'] }
    expect(presented(style, out('a\n', { name: 'db' }), err('b\n', { name: 'server' }))).toBe(
      'db     out | a\nserver err | b\n',
    )
  })

  test('has names of one width on a terminal, whatever they are written with', () => {
    const style = { ...pipe, names: ['日本', 'api'] }
    expect(presented(style, out('a\n', { name: '日本' }), out('b\n', { name: 'api' }))).toBe(
      '日本 out | a\napi  out | b\n',
    )
  })

  test('grows with a name that was not known', () => {
    const lines = [out('1\n', { name: 'a' }), out('2\n', { name: 'long' }), out('3\n', { name: 'a' })]
    expect(presented(pipe, ...lines)).toBe('a out | 1\nlong out | 2\na    out | 3\n')
  })

  test('has colours where they are shown: of the streams, of the names in turn, and a dim time', () => {
    const style = { ...pipe, color: 'always', timestamps: 'elapsed' } as const
    expect(presented(style, out('a\n', { name: 'x' }), err('b\n', { name: 'y' }))).toBe(
      `${esc}[2m00:00:00.000${esc}[0m ${esc}[36mx${esc}[0m ${esc}[32mout${esc}[0m | a\n` +
        `${esc}[2m00:00:00.000${esc}[0m ${esc}[33my${esc}[0m ${esc}[31merr${esc}[0m | b\n`,
    )
  })

  test('shows a name with controls written out, and on one line', () => {
    expect(presented(pipe, out('a\n', { name: `x${esc}[2J\ny` }))).toBe('x^[[2J y out | a\n')
  })
})

describe('--prefix', () => {
  test('may have each of the fields', () => {
    const prefix = '{pid} {name} {stream} {elapsed} {delta}: '
    const events = [start({ name: 'api', pid: 12 }), out('a\n', { name: 'api', at: 1500 })]
    expect(presented({ ...pipe, prefix }, ...events, exit({}, { name: 'api' }))).toBe(
      '12 api out 00:00:01.500    +1.500: a\n',
    )
  })

  test("has the program's name where the command has none", () => {
    expect(presented({ ...pipe, prefix: '{name}: ' }, start({ command: ['/usr/bin/make'] }), out('a\n'), exit())).toBe(
      'make: a\n',
    )
    expect(presented({ ...pipe, prefix: '{name}: ' }, out('a\n'))).toBe(': a\n')
  })

  test('is refused where it cannot be', () => {
    expect(() => makePresenter({ ...pipe, prefix: '{x}' })).toThrow(RangeError)
  })

  test('may be empty, or have any text', () => {
    expect(presented({ ...pipe, prefix: '' }, out('a\n'))).toBe('a\n')
    expect(presented({ ...pipe, prefix: '$& {{$1}}\t' }, out('a\nb\n'))).toBe('$& {$1}\ta\n$& {$1}\tb\n')
  })

  test('has a + in place of its last | where a line goes on, else behind it', () => {
    const events = [out('a'), err('b\n'), out('c\n')]
    expect(presented({ ...pipe, prefix: '|{stream}| ' }, ...events)).toBe('|out| a\n|err| b\n|out+ c\n')
    expect(presented({ ...pipe, prefix: '{stream}: ' }, ...events)).toBe('out: a\nerr: b\nout: + c\n')
  })
})

describe('--timestamps', () => {
  const events = [start(), out('a\nb\n', { at: 250 }), out('c\n', { at: 3_661_007 }), exit()]

  test('time is that of the clock here', () => {
    expect(presented({ ...pipe, timestamps: 'time' }, ...events)).toBe(
      '12:00:00.250 out | a\n12:00:00.250 out | b\n13:01:01.007 out | c\n',
    )
  })

  test('iso is that of the clock of UTC', () => {
    const iso = new Date(new Date(2026, 0, 31, 12).getTime() + 250).toISOString()
    expect(presented({ ...pipe, timestamps: 'iso' }, out('a\n', { at: 250 }))).toBe(`${iso} out | a\n`)
  })

  test('elapsed is counted from the first event', () => {
    expect(presented({ ...pipe, timestamps: 'elapsed' }, ...events)).toBe(
      '00:00:00.250 out | a\n00:00:00.250 out | b\n01:01:01.007 out | c\n',
    )
  })

  test('delta is counted from the line before', () => {
    expect(presented({ ...pipe, timestamps: 'delta' }, ...events)).toBe(
      '   +0.250 out | a\n   +0.000 out | b\n+3660.757 out | c\n',
    )
  })

  test('a clock that goes back counts as one that stands', () => {
    const back = [out('a\n', { at: 1000 }), out('b\n'), out('c\n', { at: 500 })]
    expect(presented({ ...pipe, timestamps: 'delta' }, ...back)).toBe(
      '   +0.000 out | a\n   +0.000 out | b\n   +0.500 out | c\n',
    )
    expect(presented({ ...pipe, timestamps: 'elapsed' }, ...back.slice(0, 2))).toContain('00:00:00.000 out | b')
  })

  test('stand before a template too', () => {
    expect(presented({ ...pipe, timestamps: 'elapsed', prefix: '> ' }, out('a\n'))).toBe('00:00:00.000 > a\n')
  })
})

test.each([
  ['time', '12:00:00.007'],
  ['iso', new Date(noon + 7).toISOString()],
  ['elapsed', '100:00:01.999'],
  ['delta', '   +0.020'],
] as const)('a stamp of the kind %s is %s', (kind, text) => {
  expect(stamp(kind, { t: noon + 7, elapsedMs: 360_001_999.9, deltaMs: 20 })).toBe(text)
})
