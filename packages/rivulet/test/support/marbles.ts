import { turn } from './turn.ts'

/**
 * Marble diagrams on a virtual clock: one character is one frame, and no real time passes.
 *
 * `a` an item, `-` nothing, `|` the end, `#` an error, `[ab]` several in one frame. A source gives what its diagram says
 * at that frame, or later when it is asked later.
 *
 * @example
 * await marbles((source) => merge([source('a-b|'), source('-c-|')])).output // => 'acb|'
 */
export async function marbles(
  make: (source: MakeSource) => AsyncIterable<unknown>,
  { consumer = '*', ...options }: MarbleOptions & { consumer?: string } = {},
): Promise<{ output: string; spans: string[] }> {
  const { outputs, spans } = await marblesOfMany((source) => [make(source)], [consumer], options)
  return { output: outputs.join(''), spans }
}

/** The same with several streams, each with a consumer of its own, which asks and leaves as its diagram says (see `Reader`). */
export async function marblesOfMany(
  make: (source: MakeSource) => readonly AsyncIterable<unknown>[],
  consumers: readonly string[],
  { frames = 30, show = String, onFrame }: MarbleOptions = {},
): Promise<MarbleResult> {
  const clock = new Clock()
  const spans: { opened: string; closed: string }[] = []
  const source = (diagram: string): AsyncIterable<string> => {
    const span = { opened: '', closed: '' }
    spans.push(span)
    return sourceOf(diagram, clock, span)
  }
  const readers = make(source).map((stream, index) => new Reader(stream, consumers[index] ?? '*', clock, show))
  for (let frame = 0; frame <= frames && !readers.every(({ isOver }) => isOver); frame++) {
    for (const reader of readers) reader.act(frame)
    await drain()
    clock.advance()
    await drain()
    clock.now++
    onFrame?.()
  }
  return {
    outputs: readers.map(({ output }) => output),
    spans: spans.map(({ opened, closed }) => (opened === '' ? '' : `^${opened}${closed === '' ? '' : `!${closed}`}`)),
  }
}

type MakeSource = (diagram: string) => AsyncIterable<string>

export interface MarbleOptions {
  /** Frames after which the reading is given up; 30 by default. */
  frames?: number
  /** How an item is written; `String` by default. */
  show?: (item: unknown) => string
  /** Called as each frame but the first begins: timers that go by the same clock move on. */
  onFrame?: () => unknown
}

export interface MarbleResult {
  /** What each consumer saw. */
  outputs: string[]
  /** Of each source, `^` with the frame at which it was opened and `!` with that of its closing, if it was closed. */
  spans: string[]
}

/** One consumer: asks once (`?`), asks again and again from then on (`*`), and leaves (`!`), as its diagram says. */
class Reader {
  readonly #iterator: AsyncIterator<unknown>
  readonly #actions: string[][]
  readonly #clock: Clock
  readonly #show: (item: unknown) => string
  readonly #heard: string[][] = []
  #asksAgain = false
  isOver = false

  constructor(stream: AsyncIterable<unknown>, diagram: string, clock: Clock, show: (item: unknown) => string) {
    this.#iterator = stream[Symbol.asyncIterator]()
    this.#actions = parse(diagram)
    this.#clock = clock
    this.#show = show
  }

  get output(): string {
    return print(this.#heard)
  }

  act(frame: number): void {
    if (this.isOver) return
    for (const action of this.#actions[frame] ?? []) {
      if (action === '*') this.#asksAgain = true
      if (action === '!') void this.#iterator.return?.()
      else this.#ask()
    }
  }

  #ask(): void {
    this.#iterator.next().then(
      (result) => {
        this.#hear(result.done === true ? '|' : this.#show(result.value))
        if (!this.isOver && this.#asksAgain) this.#ask()
      },
      () => this.#hear('#'),
    )
  }

  #hear(mark: string): void {
    this.#heard[this.#clock.now] = [...(this.#heard[this.#clock.now] ?? []), mark]
    if (mark === '|' || mark === '#') this.isOver = true
  }
}

class Clock {
  now = 0
  readonly #due = new Map<number, (() => void)[]>()

  at(frame: number, callback: () => void): void {
    if (frame <= this.now) callback()
    else this.#due.set(frame, [...(this.#due.get(frame) ?? []), callback])
  }

  /** Does what is due in the current frame. */
  advance(): void {
    for (const callback of this.#due.get(this.now) ?? []) callback()
    this.#due.delete(this.now)
  }
}

function sourceOf(diagram: string, clock: Clock, span: { opened: string; closed: string }): AsyncIterable<string> {
  const events = parse(diagram).flatMap((marks, frame) => marks.map((mark) => ({ mark, frame })))
  let release: (() => void) | undefined
  return {
    [Symbol.asyncIterator]() {
      span.opened = String(clock.now)
      return {
        next: () =>
          new Promise<IteratorResult<string>>((resolve, reject) => {
            release = () => {
              resolve({ done: true, value: undefined })
            }
            const event = events.shift()
            if (event === undefined) return
            clock.at(event.frame, () => {
              if (event.mark === '|') resolve({ done: true, value: undefined })
              else if (event.mark === '#') reject(new Error('#'))
              else resolve({ done: false, value: event.mark })
            })
          }),
        return: () => {
          span.closed = String(clock.now)
          release?.()
          return Promise.resolve({ done: true, value: undefined })
        },
      }
    },
  }
}

function parse(diagram: string): string[][] {
  const frames: string[][] = []
  let group: string[] | undefined
  for (const mark of diagram) {
    if (mark === '[') frames.push((group = []))
    else if (mark === ']') group = undefined
    else if (group !== undefined) group.push(mark)
    else frames.push(mark === '-' ? [] : [mark])
  }
  return frames
}

function print(heard: readonly (string[] | undefined)[]): string {
  return Array.from(heard, (marks = []) => {
    if (marks.length === 0) return '-'
    return marks.length === 1 ? marks.join('') : `[${marks.join('')}]`
  }).join('')
}

async function drain(): Promise<void> {
  for (let i = 0; i < 3; i++) await turn()
}
