import { appendFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Piece } from '../../../src/present/presenter.ts'
import type { ShowRequest } from '../../../src/commands/show/request.ts'
import type { Clock } from '../../../src/commands/show/pace.ts'
import { Replay, type ReplayOptions, type ReplayOutcome } from '../../../src/commands/show/replay.ts'
import { showing } from '../../support/defaults.ts'
import { rejectionOf, turn } from '../../../../rivulet/test/support/turn.ts'
import { epochMs, exit, output, saved, start } from '../../record/support/events.ts'
import { fileWith } from '../../record/support/folder.ts'

/** A screen that keeps the text that it is given, until `leaveAfter` of it was written. */
class KeptScreen {
  readonly isStdoutTerminal = false
  readonly isStderrTerminal = false
  readonly isShared: boolean
  text = ''
  leaveAfter = Infinity

  constructor(isShared = true) {
    this.isShared = isShared
  }

  write(pieces: readonly Piece[]): Promise<boolean> {
    for (const { text } of pieces) this.text += String(text)
    return Promise.resolve(this.text.length < this.leaveAfter)
  }

  async shows(text: string): Promise<void> {
    while (this.text !== text) await turn()
  }
}

/** A clock that stands still but while somebody sleeps. */
class SteppedClock implements Clock {
  readonly slept: number[] = []
  #nowMs = 0

  nowMs(): number {
    return this.#nowMs
  }

  async sleep(delayMs: number): Promise<void> {
    this.slept.push(delayMs)
    this.#nowMs += delayMs
    await turn()
  }
}

/** What a record is replayed with, beside a screen. */
const options: Omit<ReplayOptions, 'screen'> = {
  names: [],
  clock: new SteppedClock(),
  signal: new AbortController().signal,
}

interface Shown {
  end: ReplayOutcome
  text: string
  slept: number[]
}

async function show(content: string, request: Partial<ShowRequest> = {}): Promise<Shown> {
  const path = fileWith(content)
  const [screen, clock] = [new KeptScreen(), new SteppedClock()]
  const end = await new Replay({ ...showing, path, ...request }, { ...options, screen, clock }).run()
  return { end, text: screen.text.replaceAll(path, 'run.jsonl'), slept: clock.slept }
}

const at = (ms: number): { t: number } => ({ t: epochMs + ms })

describe('a record is shown', () => {
  test('in the format that is asked for', async () => {
    const events = [start(), output('one\n'), output('two\n', { stream: 'stderr' }), exit()]
    const content = saved(...events)
    expect(await show(content)).toEqual({ end: 'whole', text: 'out | one\nerr | two\n', slept: [] })
    expect((await show(content, { format: 'raw' })).text).toBe('one\ntwo\n')
    expect((await show(content, { format: 'jsonl' })).text).toBe(content)
    expect((await show(content, { prefix: '{pid}: ', timestamps: 'elapsed' })).text).toMatch(/ 7: one\n.* 7: two\n$/)
  })

  test('with the pace at which it came', async () => {
    const content = saved(start(at(0)), output('a\n', at(100)), output('b\n', at(400)), exit(at(500)))
    expect(await show(content, { speed: 1 })).toEqual({
      end: 'whole',
      text: 'out | a\nout | b\n',
      slept: [100, 300, 100],
    })
    expect((await show(content, { speed: 2 })).slept).toEqual([50, 150, 50])
  })

  test('with a pace that begins with what is shown', async () => {
    const content = saved(start(at(0)), output('a\n', at(5_000)), output('b\n', at(5_400)), exit(at(5_500)))
    const since = { kind: 'start', ms: 1_000 } as const
    expect((await show(content, { speed: 1, since })).slept).toEqual([400, 100])
  })

  test('with a pause longer than any timer, of which a part is slept at a time', async () => {
    const content = saved(start(at(0)), exit(at(150_000)))
    expect((await show(content, { speed: 1 })).slept).toEqual([60_000, 60_000, 30_000])
  })

  test('until it is to end, at once, also while it waits for the next', async () => {
    const path = fileWith(saved(start(at(0)), output('a', at(0)), output('b', at(1e12)), exit(at(1e12))))
    const controller = new AbortController()
    const screen = new KeptScreen()
    const clock: Clock = {
      nowMs: () => 0,
      sleep: (_, signal) => {
        const slept = new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(new Error('up'))))
        setImmediate(() => controller.abort(new Error('over')))
        return slept
      },
    }
    const { signal } = controller
    const replay = new Replay({ ...showing, path, speed: 1 }, { ...options, screen, clock, signal })
    expect(await rejectionOf(replay.run())).toBeInstanceOf(Error)
    expect(screen.text).toBe('out | a')
    expect(replay.isLineOpen).toBe(true)
  })

  test('until its reader has enough', async () => {
    const path = fileWith(saved(start(), ...Array.from({ length: 20_000 }, (_, index) => output(`${index}\n`)), exit()))
    const screen = new KeptScreen()
    screen.leaveAfter = 1
    expect(await new Replay({ ...showing, path }, { ...options, screen }).run()).toBe('left')
    expect(screen.text.length).toBeLessThan(65_536 * 2)
  })

  test('as it grows, when it is followed', async () => {
    const path = fileWith(saved(start(), output('one\npar')))
    const screen = new KeptScreen()
    const end = new Replay({ ...showing, path, isFollowing: true }, { ...options, screen }).run()
    await screen.shows('out | one\nout | par')
    appendFileSync(path, saved(output('tial\n'), exit()))
    expect(await end).toBe('whole')
    expect(screen.text).toBe('out | one\nout | partial\n')
  })

  test('as it grows, line by line where lines are looked for', async () => {
    const path = fileWith(saved(start(), output('one\npar')))
    const screen = new KeptScreen()
    const end = new Replay({ ...showing, path, isFollowing: true, grep: /./ }, { ...options, screen }).run()
    await screen.shows('out | one\n')
    appendFileSync(path, saved(output('tial\n')))
    await screen.shows('out | one\nout | partial\n')
    appendFileSync(path, saved(exit()))
    expect(await end).toBe('whole')
  })
})

describe('what is wrong with a record is told, and the rest shown', () => {
  const told = (...lines: string[]): string => lines.map((line) => `rivulet: ${line}\n`).join('')

  test('lines that are no events, where they stand', async () => {
    const content = `${saved(start(), output('a\n'))}no\n${saved(output('b\n'))}{}\n${saved(exit())}`
    expect(await show(content)).toMatchObject({
      end: 'faulty',
      text: `out | a\n${told('run.jsonl:3: skipped: not JSON')}out | b\n${told('run.jsonl:5: skipped: seq is missing')}`,
    })
  })

  test('on a line of its own, where one is open', async () => {
    const content = `${saved(start(), output('a'))}no\n${saved(exit())}`
    expect((await show(content)).text).toMatch(/^out \| a\nrivulet: run.jsonl:3: skipped: not JSON\n/)
  })

  test('many of them by their number', async () => {
    const { end, text } = await show(`${saved(start())}${'no\n'.repeat(25)}${saved(exit())}`)
    expect(end).toBe('faulty')
    expect(text.split('\n').length - 1).toBe(11)
    expect(text).toMatch(/:11: skipped: not JSON\nrivulet: run.jsonl: 15 more lines were skipped\n$/)
  })

  test.each<[what: string, content: string, ...lines: string[]]>([
    ['a record that is empty', '', 'run.jsonl: there are no events in it'],
    ['what is no record', 'words\n', 'run.jsonl:1: skipped: not JSON', 'run.jsonl: there are no events in it'],
    [
      'a run whose end is missing',
      saved(start()),
      'run.jsonl: the end of the run is missing: it was cut off, or is still running (--follow waits for it)',
    ],
    [
      'commands whose ends are missing',
      saved(...['a', 'b', 'c'].map((name) => start({ name })), exit({ name: 'b' })),
      "run.jsonl: the end of 'a', 'c' is missing: it was cut off, or is still running (--follow waits for it)",
    ],
    ['a last line that is cut', `${saved(start(), exit())}{"seq":1,`, 'run.jsonl: the last line is cut off'],
  ])('%s', async (_, content, ...lines) => {
    expect(await show(content, { format: 'raw' })).toMatchObject({ end: 'faulty', text: told(...lines) })
  })

  test('events that are not there, but of a run that was filtered', async () => {
    const content = saved(start(), output('a\n', { seq: 2 }), output('b\n', { seq: 7 }), exit({ seq: 9 }))
    expect(await show(content)).toMatchObject({
      end: 'faulty',
      text: `out | a\nout | b\n${told('run.jsonl: events 3 to 6 are missing', 'run.jsonl: event 8 is missing')}`,
    })
    const filtered = await show(content, { grep: /b/, format: 'jsonl' })
    expect((await show(filtered.text.replace(/^rivulet: .*\n/gm, ''))).text).toBe('out | b\n')
  })

  test('how a command without a name has ended, where that is no success', async () => {
    const failed = saved(start(), output('a\n'), exit({}, 3))
    expect(await show(failed)).toMatchObject({ end: 'whole', text: 'out | a\n    | exited with code 3\n' })
    const late = { ...exit(), code: null, signal: 'SIGTERM', reason: 'timeout' } as const
    expect((await show(saved(start(), late))).text).toBe('    | timed out (SIGTERM)\n')
    expect((await show(failed, { format: 'raw' })).text).toBe('a\n')
  })

  test('names shortly, however long they are', async () => {
    const name = 'n'.repeat(1_024)
    const { text } = await show(saved(start({ name }), output('a\n', { name })))
    const shown = `${'n'.repeat(63)}…`
    expect(text).toMatch(new RegExp(`^${shown} out \\| a\nrivulet: run.jsonl: the end of '${shown}' is missing`))
  })

  test('names that were asked for and are not there', async () => {
    const content = saved(start({ name: 'api' }), exit({ name: 'api' }), start({ name: 'web' }), exit({ name: 'web' }))
    expect(await show(content, { names: ['wbe'] })).toMatchObject({
      end: 'faulty',
      text: told("run.jsonl: no command is named 'wbe': there are 'api', 'web'"),
    })
    expect((await show(saved(start(), exit()), { names: ['api'] })).text).toBe(
      told("run.jsonl: no command is named 'api': its commands have no names"),
    )
  })

  test('a file that cannot be read', async () => {
    expect(await show('', { path: '/none/run.jsonl' })).toMatchObject({
      end: 'unreadable',
      text: told("Cannot read '/none/run.jsonl': no such file or folder (ENOENT)"),
    })
  })
})
