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
  make: (source: (diagram: string) => AsyncIterable<string>) => AsyncIterable<unknown>,
  options: MarbleOptions = {},
): Promise<MarbleResult> {
  const clock = new Clock()
  const spans: { opened: string; closed: string }[] = []
  const source = (diagram: string): AsyncIterable<string> => {
    const span = { opened: '', closed: '' }
    spans.push(span)
    return sourceOf(diagram, clock, span)
  }
  const iterator = make(source)[Symbol.asyncIterator]()
  const heard: string[][] = []
  const reading: { isOver: boolean } = { isOver: false }
  const hear = (mark: string): void => {
    heard[clock.now] = [...(heard[clock.now] ?? []), mark]
    if (mark === '|' || mark === '#') reading.isOver = true
  }
  const ask = (): void => {
    iterator.next().then(
      (result) => {
        hear(result.done === true ? '|' : String(result.value))
        if (!reading.isOver && options.consumer === undefined) ask()
      },
      () => {
        hear('#')
      },
    )
  }
  const frames = parse(options.consumer ?? '')
  const last = options.frames ?? 30
  for (let frame = 0; frame <= last && !reading.isOver; frame++) {
    if (options.consumer === undefined && frame === 0) ask()
    for (const action of frames[frame] ?? []) {
      if (action === '?') ask()
      else if (action === '!') void iterator.return?.()
    }
    await drain()
    clock.advance()
    await drain()
    clock.now++
  }
  return {
    output: print(heard),
    spans: spans.map(({ opened, closed }) => (opened === '' ? '' : `^${opened}${closed === '' ? '' : `!${closed}`}`)),
  }
}

export interface MarbleOptions {
  /** When the consumer asks (`?`) and leaves (`!`); without it, it always asks. */
  consumer?: string
  /** Frames after which the reading is given up; 30 by default. */
  frames?: number
}

export interface MarbleResult {
  /** What the consumer saw. */
  output: string
  /** Of each source, `^` with the frame at which it was opened and `!` with that of its closing, if it was closed. */
  spans: string[]
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
