import { describe, expect, test } from 'vitest'
import { StatusLine } from '../../../../src/commands/run/status/status-line.ts'
import { bytes, err, exit, out } from '../../../support/presented.ts'

const moment = { elapsedMs: 3000, running: 1, columns: 80 }

describe('StatusLine', () => {
  test('counts the lines of each stream, and how many there were a second since it was asked last', () => {
    const status = new StatusLine(1)
    status.see(out('a\nb\nc'))
    status.see(err('d\n'))
    expect(status.text(moment)).toBe('rivulet 0:03  out 2  err 1  1 lines/s')
    status.see(out('\n'.repeat(40)))
    expect(status.text({ ...moment, elapsedMs: 5000 })).toBe('rivulet 0:05  out 42  err 1  20 lines/s')
  })

  test('counts the lines of what is not text', () => {
    const status = new StatusLine(1)
    status.see(bytes(0xff, 10, 0xfe, 10))
    expect(status.text(moment)).toContain('out 2 ')
  })

  test('of several commands it tells how many run, and who ended last', () => {
    const status = new StatusLine(5)
    expect(status.text({ ...moment, running: 2 })).toMatch(/ {2}2\/5 running$/)
    status.see(exit({ code: 0 }, { name: 'api' }))
    expect(status.text(moment)).toMatch(/ {2}api exited with code 0$/)
    status.see(exit({ code: 3 }, { name: 'we\u001bb' }))
    expect(status.text(moment)).toMatch(/ {2}we\^\[b exited with code 3$/)
  })

  test.each([
    [59_999, '0:59'],
    [60_000, '1:00'],
    [3_599_000, '59:59'],
    [3_600_000 + 62_000, '1:01:02'],
    [100 * 3_600_000, '100:00:00'],
  ])('after %i ms it says %s', (elapsedMs, text) => {
    expect(new StatusLine(1).text({ ...moment, elapsedMs })).toMatch(new RegExp(`^rivulet ${text} `))
  })

  test('is cut to one column less than there are, and takes wide characters for two', () => {
    const status = new StatusLine(2)
    status.see(exit({ code: 0 }, { name: '漢字'.repeat(30) }))
    const whole = status.text({ ...moment, columns: 1000 })
    for (let columns = 1; columns < 150; columns++) {
      const text = status.text({ ...moment, elapsedMs: 3000, columns })
      const width = Array.from(text).reduce((sum, character) => sum + (character <= '~' ? 1 : 2), 0)
      expect(width).toBeLessThan(columns)
      expect(whole.startsWith(text.slice(0, 40))).toBe(true)
    }
  })
})
