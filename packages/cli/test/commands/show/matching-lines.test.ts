import { describe, expect, test } from 'vitest'
import { MatchingLines } from '../../../src/commands/show/matching-lines.ts'
import type { CommandEvent } from '../../../src/command-event.ts'
import { bytes, exit, output, start } from '../../record/support/events.ts'

/** The events that these lead to, one list for each, and that of the end. */
function selected(pattern: RegExp, ...events: CommandEvent[]): CommandEvent[][] {
  const lines = new MatchingLines(pattern)
  return [...events.map((event) => lines.select(event)), lines.close()]
}

describe('MatchingLines', () => {
  test('selects the lines of an output that match', () => {
    expect(selected(/a/, output('a\nb\nca\n'))).toEqual([[output('a\nca\n')], []])
  })

  test('selects nothing of an output without such a line', () => {
    expect(selected(/x/, output('a\n'), output('b\n'))).toEqual([[], [], []])
  })

  test('selects a line with the event that ends it', () => {
    const [first, second, third] = [
      output('one ', { seq: 2 }),
      output('line', { seq: 3 }),
      output('\nmore', { seq: 4 }),
    ]
    expect(selected(/^one line$/, first, second, third)).toEqual([[], [], [output('one line\n', { seq: 4 })], []])
  })

  test('puts the lines of each stream of each command together by themselves', () => {
    const [api, web] = [{ name: 'api' }, { name: 'web' }]
    const err = { stream: 'stderr' as const }
    expect(
      selected(
        /1.*2/,
        output('1', api),
        output('1', web),
        output('1', { ...api, ...err }),
        output('1'),
        output(' api 2\n', api),
        output(' web 2\n', web),
        output(' err 2\n', { ...api, ...err }),
        output(' 2\n'),
      ),
    ).toEqual([
      [],
      [],
      [],
      [],
      [output('1 api 2\n', api)],
      [output('1 web 2\n', web)],
      [output('1 err 2\n', { ...api, ...err })],
      [output('1 2\n')],
      [],
    ])
  })

  test('selects an unfinished line before the exit of its command, as late as that', () => {
    const tail = output('tail', { seq: 7, t: 10 })
    const other = output('tail', { name: 'other' })
    expect(selected(/tail/, tail, other, exit({ t: 20 }))).toEqual([
      [],
      [],
      [output('tail\n', { seq: 7, t: 20 }), exit({ t: 20 })],
      [output('tail\n', { name: 'other' })],
    ])
  })

  test('begins anew when a command is started again', () => {
    const again = start({ seq: 1, t: 20 })
    expect(selected(/./, output('first ', { t: 10 }), again, output('second\n'))).toEqual([
      [],
      [output('first \n', { t: 20 }), again],
      [output('second\n')],
      [],
    ])
  })

  test('looks at what is to be seen, without colours and line ends', () => {
    const red = '\u001b[31merror\u001b[0m: no\r\n'
    expect(selected(/^error: no$/, output(red))[0]).toEqual([output('\u001b[31merror\u001b[0m: no\n')])
  })

  test('puts characters together that were cut, also where they came as base64', () => {
    expect(selected(/^é/, bytes([0xc3]), bytes([0xa9, 0xff, 10]))[1]).toEqual([output('é\ufffd\n')])
    expect(selected(/./, bytes([0xff, 10, 0x61]), output('b\n')).slice(0, 2)).toEqual([
      [output('\ufffd\n')],
      [output('ab\n')],
    ])
  })

  test('looks at a line above 1 MiB in pieces, so that it holds no more', () => {
    const chunk = output('x'.repeat(400_000))
    const [first, second, third] = selected(/^x/, chunk, chunk, chunk)
    expect([first, second]).toEqual([[], []])
    expect(third).toEqual([output(`${'x'.repeat(1_048_576)}\n`)])
  })
})
