import { describe, expect, test } from 'vitest'
import type { CommandEvent } from '../../../src/command-event.ts'
import type { CommandData } from '@rivulet/timeline-page'
import { RecordScan, type RecordSummary } from '../../../src/timeline/scan/record-scan.ts'
import { timelineLimits, type TimelineLimits } from '../../../src/timeline/timeline-limits.ts'
import type { TimelineLine } from '../../../src/timeline/scan/line-assembler.ts'
import { bytes, epochMs, exit, output, start } from '../../record/support/events.ts'

interface Scanned extends RecordSummary {
  lines: TimelineLine[]
  data: CommandData[]
}

function scanned(events: readonly CommandEvent[], limits: Partial<TimelineLimits> = {}): Scanned {
  const lines: TimelineLine[] = []
  const scan = new RecordScan({ ...timelineLimits, ...limits }, (line) => lines.push(line))
  for (const event of events) scan.push(event)
  const summary = scan.close()
  return { ...summary, lines, data: summary.commands.map((command) => command.data()) }
}

const at = (ms: number, name?: string): { t: number; name?: string } => ({
  t: epochMs + ms,
  ...(name === undefined ? {} : { name }),
})

describe('a record is read as', () => {
  test('a command that is called as its file is, its attempt, its lines and their bytes', () => {
    const { data, startedAt, durationMs } = scanned([
      start(at(0), ['/usr/bin/make', '-j8']),
      output('one\ntwo\n', at(10)),
      output('ü', { ...at(20), stream: 'stderr' }),
      exit(at(30), 2),
    ])
    expect({ startedAt, durationMs }).toEqual({ startedAt: epochMs, durationMs: 30 })
    expect(data).toEqual([
      {
        name: 'make',
        command: '/usr/bin/make -j8',
        attempts: [{ startMs: 0, endMs: 30, outcome: { code: 2, signal: null, reason: 'exited' } }],
        omittedAttempts: 0,
        stdout: { lines: 2, bytes: 8 },
        stderr: { lines: 1, bytes: 2 },
      },
    ])
  })

  test('commands by their names, in the order of their first events', () => {
    const { data, lines } = scanned([
      start(at(0, 'web')),
      start(at(1, 'api')),
      output('a\n', { ...at(2, 'api'), stream: 'stderr' }),
      output('w\n', at(3, 'web')),
    ])
    expect(data.map(({ name }) => name)).toEqual(['web', 'api'])
    expect(lines.map(({ lane, text }) => [lane, text])).toEqual([
      [3, 'a'],
      [0, 'w'],
    ])
  })

  test('one command that was started several times', () => {
    const { data } = scanned([start(at(0)), exit(at(5), 1), start(at(9)), exit(at(20))])
    expect(data[0]?.attempts).toMatchObject([
      { startMs: 0, endMs: 5, outcome: { code: 1 } },
      { startMs: 9, endMs: 20, outcome: { code: 0 } },
    ])
  })

  test('a run without an end where its exit is missing, until the next start or the end of the record', () => {
    const { data } = scanned([start(at(0)), start(at(9)), output('x', at(20))])
    expect(data[0]?.attempts).toEqual([
      { startMs: 0, endMs: 9, outcome: null },
      { startMs: 9, endMs: 20, outcome: null },
    ])
  })

  test('a run that began with its first output where its start is missing', () => {
    const { data } = scanned([output('x', at(7)), exit(at(8))])
    expect(data).toMatchObject([{ name: 'run', command: '', attempts: [{ startMs: 0, endMs: 1 }] }])
  })

  test('text with U+FFFD for bytes that are no text', () => {
    expect(scanned([start(), bytes([0x61, 0xff, 0x0a])]).lines).toMatchObject([{ text: 'a\ufffd' }])
  })

  test('a line for each redraw of those progress bars too that go to the start of a line by a sequence', () => {
    const { lines } = scanned([start(), output('10 %\u001b[1G20 %\u001b[G30 %\n')])
    expect(lines.map(({ text }) => text)).toEqual(['10 %', '20 %', '30 %'])
  })

  test('events in their order where their times go back', () => {
    const { lines } = scanned([start(at(0)), output('a\n', at(50)), output('b\n', at(40)), output('c\n', at(60))])
    expect(lines.map(({ ms }) => ms)).toEqual([50, 50, 60])
  })

  test('nothing, where there is nothing', () => {
    expect(scanned([])).toMatchObject({ startedAt: null, durationMs: 0, commands: [] })
  })
})

describe('silences', () => {
  test('the longest of all is counted while anything runs, whoever ends it', () => {
    const { longestSilence } = scanned([
      start(at(0, 'a')),
      start(at(10, 'b')),
      output('x', at(100, 'a')),
      exit(at(150, 'a')),
      output('x', at(300, 'b')),
      exit(at(310, 'b')),
      start(at(9000, 'a')),
      exit(at(9001, 'a')),
      output('x', at(20_000, 'a')),
    ])
    expect(longestSilence).toEqual({ fromMs: 100, toMs: 300 })
  })

  test('of a command are from its start to its exit', () => {
    const { commands } = scanned([start(at(0)), output('x', at(70)), output('y', at(80)), exit(at(90)), start(at(500))])
    expect(commands[0]?.silences.kept).toEqual([
      { fromMs: 0, toMs: 70 },
      { fromMs: 70, toMs: 80 },
      { fromMs: 80, toMs: 90 },
    ])
  })
})

describe('what is over a limit', () => {
  test('of commands shares the last row', () => {
    const events = ['a', 'b', 'c', 'd'].flatMap((name, ms) => [start(at(ms, name)), output('x\n', at(ms, name))])
    const { data } = scanned([...events, output('y\n', at(9, 'a'))], { maxCommands: 3 })
    expect(data.map(({ name, stdout }) => [name, stdout.lines])).toEqual([
      ['a', 2],
      ['b', 1],
      ['others', 2],
    ])
  })

  test('of starts is counted', () => {
    const events = Array.from({ length: 10 }, (_, ms) => [start(at(ms)), exit(at(ms))]).flat()
    expect(scanned(events, { maxAttempts: 4 }).data).toMatchObject([{ attempts: { length: 4 }, omittedAttempts: 6 }])
  })
})

test('names and commands are shown without what a terminal or an eye would be misled by', () => {
  const { data } = scanned([start(at(0, 'a\u001b[2J\u202e'), ['\u0007'])])
  expect(data).toMatchObject([{ name: 'a^[[2J<U+202E>', command: "'^G'" }])
})
