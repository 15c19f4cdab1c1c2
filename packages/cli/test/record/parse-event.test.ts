import { expect, test } from 'vitest'
import { parseEvent } from '../../src/record/parse-event.ts'
import { bytes, exit, output, start } from './support/events.ts'

test.each([
  ['a start', start()],
  ['a named start', start({ name: 'api' })],
  ['output', output('one\ntw')],
  ['empty output', output('')],
  ['output as base64', bytes([255, 0])],
  ['output as base64 of some megabytes', { ...output('A'.repeat(16_000_000)), encoding: 'base64' }],
  ['an exit', exit()],
  ['an exit by a signal', { ...exit(), code: null, signal: 'SIGKILL', reason: 'killed' }],
  ['an event with members that are not known', { ...output('x'), host: 'a1' }],
  ['the latest time there is', output('x', { t: 8_640_000_000_000_000 })],
])('%s is read as it was written', (_, event) => {
  expect(parseEvent(JSON.stringify(event))).toEqual({ event })
})

test.each([
  ['{"seq":1', 'not JSON'],
  ['plain words', 'not JSON'],
  ['\u001b[2J', 'not JSON'],
  ['[]', 'not an event: a list'],
  ['null', 'not an event: null'],
  ['17', 'not an event: a number'],
  ['"x"', 'not an event: a string'],
])('the line %j is refused: %s', (line, why) => {
  expect(parseEvent(line)).toEqual({ why })
})

test.each<[event: object, changed: object, why: string]>([
  [output('x'), { seq: 0 }, 'seq must be a whole number of at least 1, not 0'],
  [output('x'), { seq: 1.5 }, 'seq must be a whole number of at least 1, not 1.5'],
  [output('x'), { seq: undefined }, 'seq is missing'],
  [output('x'), { t: '12:00' }, 't must be milliseconds since the epoch, not "12:00"'],
  [output('x'), { t: -1 }, 't must be milliseconds since the epoch, not -1'],
  [output('x'), { t: 8_640_000_000_000_001 }, 't must be milliseconds since the epoch, not 8640000000000001'],
  [output('x'), { name: 5 }, 'name must be text of at most 1024 characters, not 5'],
  [output('x'), { name: 'n'.repeat(1_025) }, `name must be text of at most 1024 characters, not "${'n'.repeat(39)}…`],
  [output('x'), { type: undefined }, 'type is missing'],
  [output('x'), { type: 'pause' }, 'type must be start, output or exit, not "pause"'],
  [start(), { v: 2 }, 'v must be 1, the version that this rivulet reads, not 2'],
  [start(), { run: null }, 'run must be text, not null'],
  [start(), { command: 'make' }, 'command must be a list of words, not "make"'],
  [start(), { command: [] }, 'command must be a list of words, not []'],
  [start(), { command: ['make', 1] }, 'command must be a list of words, not ["make",1]'],
  [start(), { pid: 0 }, 'pid must be a whole number of at least 1, not 0'],
  [output('x'), { stream: 'stdin' }, 'stream must be stdout or stderr, not "stdin"'],
  [output('x'), { data: undefined }, 'data is missing'],
  [output('x'), { data: ['x'] }, 'data must be text, not ["x"]'],
  [output('x'), { encoding: 'hex' }, 'encoding must be base64 or absent, not "hex"'],
  [output('x'), { encoding: 'base64' }, 'data must be base64, as encoding says, not "x"'],
  [output('x'), { data: 'AAA', encoding: 'base64' }, 'data must be base64, as encoding says, not "AAA"'],
  [output('x'), { data: 'A===', encoding: 'base64' }, 'data must be base64, as encoding says, not "A==="'],
  [output('x'), { data: 'AA-_', encoding: 'base64' }, 'data must be base64, as encoding says, not "AA-_"'],
  [output('AAA='), { data: 'AA=A', encoding: 'base64' }, 'data must be base64, as encoding says, not "AA=A"'],
  [exit(), { code: undefined }, 'code is missing'],
  [exit(), { code: '0' }, 'code must be a whole number or null, not "0"'],
  [exit(), { signal: 9 }, 'signal must be the name of a signal or null, not 9'],
  [exit(), { reason: 'bored' }, 'reason must be one of exited, killed, aborted, timeout, limit, failed, not "bored"'],
  [
    exit(),
    { reason: 'toString' },
    'reason must be one of exited, killed, aborted, timeout, limit, failed, not "toString"',
  ],
])('%j with %j is refused: %s', (event, changed, why) => {
  expect(parseEvent(JSON.stringify({ ...event, ...changed }))).toEqual({ why })
})

test('what is nested deeper than can be written again is refused, whatever member it is', () => {
  const nested = (levels: number, member: string): string =>
    JSON.stringify(output('x')).replace('{', `{"${member}":${'['.repeat(levels)}${']'.repeat(levels)},`)
  expect(parseEvent(nested(32, 'more'))).toHaveProperty('event')
  expect(parseEvent(nested(33, 'more'))).toEqual({ why: '"more" is nested more than 32 levels deep' })
  for (const member of ['more', 'command', '\\u001b']) {
    expect(parseEvent(nested(1_000_000, member))).toEqual({ why: `"${member}" is nested more than 32 levels deep` })
  }
})

test('a message shows a value shortly, and with no character that a terminal would obey', () => {
  const refused = (type: string): unknown => parseEvent(JSON.stringify({ ...output('x'), type }))
  const want = 'type must be start, output or exit, not '
  expect(refused('\u001b[2J\u009b\u007f\u202e')).toEqual({ why: `${want}"\\u001b[2J<U+009B>^?<U+202E>"` })
  expect(refused('y'.repeat(10_000))).toEqual({ why: `${want}"${'y'.repeat(39)}…` })
})
