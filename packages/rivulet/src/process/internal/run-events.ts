import { randomUUID } from 'node:crypto'
import type { RunEvent, RunEventBody } from '../run-event.ts'
import type { Controls } from './controls.ts'
import { Leavable } from './leavable.ts'
import type { StampedChunk } from './items/stamped.ts'
import { OutputTexts } from './output-text.ts'
import type { StreamName } from './stream-name.ts'
import type { View } from './view.ts'

type Chunk = IteratorResult<[StreamName, StampedChunk], undefined>

/** A run as events: `start` when it has started, `output` for each chunk, `exit` before anything is thrown. */
export class RunEvents extends Leavable<RunEvent> {
  readonly #controls: Controls
  readonly #chunks: View<StampedChunk>
  readonly #texts = { stdout: new OutputTexts(), stderr: new OutputTexts() }
  /** Made, and not yet given out: at most what the end of the streams leaves. */
  readonly #ready: RunEvent[] = []
  /** The first asking is what starts the program, so it is made before `start` is given out. */
  #first: Promise<Chunk> | undefined
  #isStarted = false
  #isLast = false
  #thrown: { error: unknown } | undefined
  #isOver = false
  #turn: Promise<unknown> = Promise.resolve()
  /** Has nobody wait for the start any more. */
  #stopWaiting: () => void = () => undefined
  #seq = 0
  #t = 0

  constructor(controls: Controls, chunks: View<StampedChunk>) {
    super()
    this.#controls = controls
    this.#chunks = chunks
  }

  next(): Promise<IteratorResult<RunEvent, undefined>> {
    // At once, and not in its turn: what is asked first begins the run.
    if (!this.#isStarted && !this.#isOver) this.#start()
    const answer = this.#turn.then(() => this.#advance())
    // The one after it is answered after it, however it went.
    this.#turn = answer.catch(() => undefined)
    return answer
  }

  async return(): Promise<IteratorResult<RunEvent, undefined>> {
    this.#isOver = true
    this.#stopWaiting()
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
    this.#first = this.#chunks.begin()
    // Its rejection is met when it is read, in its turn.
    this.#first.catch(() => undefined)
    const left = new Promise<void>((resolve) => (this.#stopWaiting = resolve))
    const begun = this.#controls.begun.then(() => {
      const { pid, command } = this.#controls
      if (pid === undefined) return
      this.#add({ type: 'start', v: 1, run: randomUUID(), command: [...command], pid }, Date.now())
    })
    this.#turn = Promise.race([begun, left])
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
    await this.#end()
  }

  async #end(): Promise<void> {
    this.#isLast = true
    // Whoever disposes of the run leaves its events too, which wait for nothing more then.
    if (this.#chunks.isLeft) this.#isOver = true
    if (this.#controls.pid === undefined || this.#isOver) return
    const { code, signalCode, reason } = await this.#controls.status
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
