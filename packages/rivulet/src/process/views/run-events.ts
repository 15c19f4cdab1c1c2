import { randomUUID } from 'node:crypto'
import type { RunLifecycle } from '../lifecycle/run-lifecycle.ts'
import type { RunEvent, RunEventBody } from '../run-event.ts'
import type { StreamName } from '../stream-name.ts'
import { CallOrder } from './call-order.ts'
import { ClosableStream } from './closable-stream.ts'
import type { StampedChunk } from './items.ts'
import { OutputTexts } from './output-text.ts'
import type { View } from './view.ts'

type Chunk = IteratorResult<[StreamName, StampedChunk], undefined>

/** A run as events: `start` when it has started, `output` for each chunk, `exit` before anything is thrown. */
export class RunEvents extends ClosableStream<RunEvent> {
  readonly #lifecycle: RunLifecycle
  readonly #chunks: View<StampedChunk>
  readonly #texts = { stdout: new OutputTexts(), stderr: new OutputTexts() }
  readonly #order = new CallOrder()
  /** Made, and not yet delivered: at most what the end of the streams leaves. */
  readonly #ready: RunEvent[] = []
  /** The first asking starts the program, and so is made before `start` is delivered. */
  #first: Promise<Chunk> | undefined
  #isStarted = false
  #isLast = false
  #thrown: { error: unknown } | undefined
  #isOver = false
  /** Ends the waiting for the start. */
  #endWait: () => void = () => undefined
  #seq = 0
  #t = 0

  constructor(lifecycle: RunLifecycle, chunks: View<StampedChunk>) {
    super()
    this.#lifecycle = lifecycle
    this.#chunks = chunks
  }

  next(): Promise<IteratorResult<RunEvent, undefined>> {
    return this.#lifecycle.askInScope('item', () => {
      // At once, and not when it is answered: the first asking begins the run.
      if (!this.#isStarted && !this.#isOver) this.#start()
      return this.#order.add(() => this.#advance())
    })
  }

  async return(): Promise<IteratorResult<RunEvent, undefined>> {
    this.#isOver = true
    this.#endWait()
    await this.#chunks.return()
    return { done: true, value: undefined }
  }

  async #advance(): Promise<IteratorResult<RunEvent, undefined>> {
    while (!this.#isOver) {
      const event = this.#ready.shift()
      if (event !== undefined) return { done: false, value: event }
      if (this.#isLast) {
        this.#isOver = true
        if (this.#thrown !== undefined) throw this.#thrown.error
      } else await this.#read()
    }
    return { done: true, value: undefined }
  }

  #start(): void {
    this.#isStarted = true
    const closed = new Promise<void>((resolve) => (this.#endWait = resolve))
    const begun = this.#lifecycle.begun.then(() => {
      const { pid, command } = this.#lifecycle
      if (pid === undefined) return
      this.#add({ type: 'start', v: 1, run: randomUUID(), command: [...command], pid }, Date.now())
    })
    void this.#order.add(() => Promise.race([begun, closed]))
    this.#first = this.#chunks.begin()
    // A rejection is dealt with when it is read, in its turn.
    this.#first.catch(() => undefined)
  }

  async #read(): Promise<void> {
    const asked = this.#first === undefined ? this.#chunks.next() : this.#chunks.waitFor(this.#first)
    this.#first = undefined
    try {
      const { done, value } = await asked
      if (done !== true) {
        const [stream, { bytes, t }] = value
        const text = this.#texts[stream].push(bytes)
        if (text !== undefined) this.#add({ type: 'output', stream, ...text }, t)
        return
      }
    } catch (error) {
      this.#thrown = { error }
    }
    await this.#finish()
  }

  async #finish(): Promise<void> {
    this.#isLast = true
    // Whoever disposes of the run closes its events too, and they wait for nothing more.
    if (this.#chunks.isClosed) this.#isOver = true
    if (this.#lifecycle.pid === undefined || this.#isOver) return
    const { code, signalCode, reason } = await this.#lifecycle.status
    for (const stream of ['stdout', 'stderr'] as const) {
      const text = this.#texts[stream].end()
      if (text !== undefined) this.#add({ type: 'output', stream, ...text }, Date.now())
    }
    this.#add({ type: 'exit', code, signal: signalCode, reason }, Date.now())
  }

  #add(body: RunEventBody, t: number): void {
    // The system's clock may be set back.
    this.#t = Math.max(this.#t, t)
    this.#ready.push({ seq: ++this.#seq, t: this.#t, ...body })
  }
}
