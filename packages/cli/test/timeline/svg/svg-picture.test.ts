import { describe, expect, test } from 'vitest'
import type { CommandEvent } from '../../../src/command-event.ts'
import { RecordScan } from '../../../src/timeline/scan/record-scan.ts'
import { svgPicture } from '../../../src/timeline/svg/svg-picture.ts'
import { timelineLimits } from '../../../src/timeline/timeline-limits.ts'
import { epochMs, exit, output, start } from '../../record/support/events.ts'
import { demoRecord } from '../support/demo-record.ts'

function pictured(events: Iterable<CommandEvent>, title = 'a run'): string {
  const scan = new RecordScan(timelineLimits, () => undefined)
  for (const event of events) scan.push(event)
  return svgPicture(title, scan.close())
}

/** What the picture says, in its order. */
function texts(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, text = '']) => text.replaceAll(/<[^>]*>/g, ''))
}

describe('the picture', () => {
  test('says what ran, how it ended, how much came, and how long nothing did', () => {
    const said = texts(pictured(demoRecord()))
    expect(said).toEqual(
      expect.arrayContaining([
        'a run',
        '2 commands · 3 starts · 382 lines · 10 s · longest silence 5.5 s, from 3.5 s',
        'api',
        'out 380 · err 1',
        'exit 1',
        'exit 0',
        '5.2 s silent',
        'web',
        'stopped, SIGTERM',
        '9.7 s silent',
        '0 s',
        '8 s',
      ]),
    )
  })

  test('has the colours of both schemes, and no script', () => {
    const svg = pictured(demoRecord())
    expect(svg).toContain('@media(prefers-color-scheme:dark)')
    expect(svg).not.toMatch(/<script|javascript:|\son\w+=|href/i)
  })

  test('does not grow with the record', () => {
    function* many(count: number): Generator<CommandEvent> {
      yield start()
      for (let ms = 0; ms < count; ms++)
        yield output('x\n', { t: epochMs + ms, stream: ms % 3 === 0 ? 'stderr' : 'stdout' })
      yield exit({ t: epochMs + count })
    }
    const [small, large] = [pictured(many(2000)), pictured(many(200_000))]
    expect(large.length).toBeLessThan(1.5 * small.length)
  })

  test('does not grow with the number of commands and starts either', () => {
    function* restless(count: number): Generator<CommandEvent> {
      for (let ms = 0; ms < count; ms++) {
        const place = { name: `command ${ms < 500 ? ms % 50 : 0}`, t: epochMs + ms }
        yield start(place)
        yield exit(place, 1)
      }
    }
    const svg = pictured(restless(9000))
    expect(svg.length).toBeLessThan(60_000)
    expect(texts(svg)).toContain('and 26 more commands')
  })

  test('shows names and titles as they are, whatever they are', () => {
    const name = `</text><script>alert(1)</script>&\u0000\ud800`
    const svg = pictured([start({ name }), exit({ name })], name)
    expect(svg).not.toMatch(/<script|\p{Cs}|(?!\n)\p{Cc}/u)
    expect(texts(svg)).toContain('&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;^@\ufffd')
  })

  test('is drawn of a record that took no time, and of one without output', () => {
    expect(texts(pictured([start(), output('x\n'), exit()]))).toContain('out 1 · err 0')
    expect(pictured([start(), exit()])).not.toContain('NaN')
  })
})
