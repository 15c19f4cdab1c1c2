import { randomUUID } from 'node:crypto'
import type { ClosableIterator } from '../../core/index.ts'
import type { RunEvent, RunEventBody } from '../run-event.ts'
import type { Controls, StreamName } from './controls.ts'
import { OutputTexts } from './output-text.ts'
import type { View } from './view.ts'

type Chunk = IteratorResult<[StreamName, Uint8Array], undefined>

/** A run as events: `start` when it has started, `output` for each chunk, `exit` before anything is thrown. */
export class RunEvents implements ClosableIterator<RunEvent> {
  readonly #controls: Controls
  readonly #chunks: View<Uint8Array>
  readonly #texts = { stdout: new OutputTexts(), stderr: new OutputTexts() }
  /** Made, and not yet given out: at most what the end of the streams leaves. */
  readonly #ready: RunEventBody[] = []
  /** The first asking is what starts the program, so it is made before `start` is given out. */
  #first: Promise<Chunk> | undefined
  #isStarted = false
  #isLast = false
  #thrown: { error: unknown } | undefined
  #isOver = false
  #turn: Promise<unknown> = Promise.resolve()
  #seq = 0
  #t = 0

  constructor(controls: Controls, chunks: View<Uint8Array>) {
    this.#controls = controls
    this.#chunks = chunks
  }

  next(): Promise<IteratorResult<RunEvent, undefined>> {
    const answer = this.#turn.then(() => this.#advance())
    // The one after it is answered after it, however it went.
    this.#turn = answer.catch(() => undefined)
    return answer
  }

  async return(): Promise<IteratorResult<RunEvent, undefined>> {
    this.#isOver = true
    await this.#chunks.return()
    return { done: true, value: undefined }
  }

  async throw(error: unknown): Promise<IteratorResult<RunEvent, undefined>> {
    await this.return()
    throw error
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }

  async #advance(): Promise<IteratorResult<RunEvent, undefined>> {
    while (!this.#isOver) {
      const body = this.#ready.shift()
      if (body !== undefined) return { done: false, value: this.#event(body) }
      if (this.#isLast) {
        this.#isOver = true
        if (this.#thrown !== undefined) throw this.#thrown.error
      } else if (!this.#isStarted) this.#start()
      else await this.#read()
    }
    return { done: true, value: undefined }
  }

  #start(): void {
    this.#isStarted = true
    this.#first = this.#chunks.next()
    // Its rejection is met when it is read, in its turn.
    this.#first.catch(() => undefined)
    const { pid, command } = this.#controls
    if (pid !== undefined) this.#ready.push({ type: 'start', v: 1, run: randomUUID(), command: [...command], pid })
  }

  async #read(): Promise<void> {
    const asked = this.#first ?? this.#chunks.next()
    this.#first = undefined
    try {
      const { done, value } = await asked
      if (done !== true) {
        const text = this.#texts[value[0]].push(value[1])
        if (text !== undefined) this.#ready.push({ type: 'output', stream: value[0], ...text })
        return
      }
    } catch (error) {
      this.#thrown = { error }
    }
    await this.#end()
  }

  async #end(): Promise<void> {
    this.#isLast = true
    if (this.#controls.pid === undefined || this.#isOver) return
    const { code, signalCode, reason } = await this.#controls.status
    for (const stream of ['stdout', 'stderr'] as const) {
      const text = this.#texts[stream].end()
      if (text !== undefined) this.#ready.push({ type: 'output', stream, ...text })
    }
    this.#ready.push({ type: 'exit', code, signal: signalCode, reason })
  }

  #event(body: RunEventBody): RunEvent {
    this.#t = Math.max(this.#t, Date.now())
    return { seq: ++this.#seq, t: this.#t, ...body }
  }
}
