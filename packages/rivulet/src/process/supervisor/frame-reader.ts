import type { Readable } from 'node:stream'
import { ItemsOnDemand } from '../program/items-on-demand.ts'
import type { ProgramOutput } from '../program/program-output.ts'
import type { StreamName } from '../stream-name.ts'
import { FrameDecoder } from './frame-decoder.ts'
import type { Frame } from './frame.ts'

type Output = Extract<Frame, { kind: 'output' }>

/** Who hears what the supervisor sends beside output. */
export interface FrameObserver {
  made(pid: number): void
  started(pid: number): void
  refused(frame: Extract<Frame, { kind: 'refused' }>): void
  exited(frame: Extract<Frame, { kind: 'exited' }>): void
  streamEnded(): void
  over(strays: number): void
  /** The supervisor's side is closed or damaged, and all that could be read is read. */
  ended(): void
}

/**
 * Both streams of a program as one source, in the order of the supervisor's frames. Output is read only as it is asked
 * for; whatever comes before the next output is told at once.
 */
export class FrameReader<T> implements AsyncIterableIterator<[StreamName, T], undefined> {
  readonly #output: ProgramOutput<T>
  readonly #observer: FrameObserver
  readonly #decoder = new FrameDecoder()
  readonly #items = new ItemsOnDemand(() => this.#make())
  #socket: Readable | undefined
  /** The next output, which nobody has asked for yet. */
  #held: Output | undefined
  /** What is left of streams that are closed: at most a line each. */
  #left: readonly [StreamName, T][] = []
  readonly #open = new Set<StreamName>(['stdout', 'stderr'])
  /** Streams whose last items have not been made. */
  readonly #unfinished = new Set<StreamName>(['stdout', 'stderr'])
  #isDiscarding = false
  /** Nothing is to come but what the socket still holds. */
  #isClosed = false
  #isEnded = false

  constructor(output: ProgramOutput<T>, observer: FrameObserver) {
    this.#output = output
    this.#observer = observer
  }

  attach(socket: Readable): void {
    this.#socket = socket
    socket.on('readable', this.#onReadable)
    socket.on('end', this.#onClosed)
    socket.on('close', this.#onClosed)
    // If the supervisor ends with a message of ours unread, the system reports a reset connection after all it sent.
    socket.on('error', this.#onClosed)
    this.#onReadable()
  }

  next(): Promise<IteratorResult<[StreamName, T], undefined>> {
    return this.#items.next()
  }

  /** Gives no more, and throws away what comes: the program must not block while it ends. */
  return(): Promise<IteratorResult<[StreamName, T], undefined>> {
    if (!this.#isDiscarding) {
      this.#isDiscarding = true
      // Their last items are made only when they are asked for: this may be called while a chunk is being made into some.
      this.#items.close(() => [...this.#takeLeft(), ...this.#lastOf('stdout'), ...this.#lastOf('stderr')])
      this.#onReadable()
    }
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Nothing more will come of this stream. */
  close(name: StreamName): void {
    if (!this.#open.delete(name)) return
    if (!this.#isDiscarding) this.#left = [...this.#left, ...this.#lastOf(name)]
    if (this.#open.size === 0) this.#items.close(() => this.#takeLeft())
    this.#observer.streamEnded()
  }

  readonly #onReadable = (): void => {
    if (this.#isDiscarding) this.#discard()
    else {
      this.#items.answer()
      this.#held ??= this.#nextOutput()
    }
    if (this.#isClosed && this.#held === undefined) this.#finish()
  }

  readonly #onClosed = (): void => {
    this.#isClosed = true
    this.#onReadable()
  }

  #make(): readonly [StreamName, T][] | undefined {
    const output = this.#held ?? this.#nextOutput()
    this.#held = undefined
    // What came before it may have closed the other stream.
    const left = this.#takeLeft()
    if (output === undefined) {
      if (this.#isClosed) this.#finish()
      return left.length > 0 ? left : undefined
    }
    const items = [...left, ...this.#output.push(output.stream, output.bytes, output.t)]
    // What follows may be the end, which must not wait until somebody asks.
    if (!this.#isDiscarding) this.#held = this.#nextOutput()
    return items
  }

  #lastOf(name: StreamName): readonly [StreamName, T][] {
    return this.#unfinished.delete(name) ? this.#output.end(name) : []
  }

  #takeLeft(): readonly [StreamName, T][] {
    const left = this.#left
    this.#left = []
    return left
  }

  #discard(): void {
    for (let output = this.#held ?? this.#nextOutput(); output !== undefined; output = this.#nextOutput()) {
      this.#held = undefined
      this.#output.discard(output.stream, output.bytes)
    }
  }

  /** Tells all that comes before the next output. */
  #nextOutput(): Output | undefined {
    try {
      for (;;) {
        const frame = this.#decoder.next()
        if (frame?.kind === 'output') return frame
        if (frame !== undefined) this.#tell(frame)
        else if (!this.#readMore()) return undefined
      }
    } catch (error) {
      this.#items.close(() => this.#takeLeft(), { error })
      this.#socket?.destroy()
      this.#finish()
      return undefined
    }
  }

  #readMore(): boolean {
    const bytes = this.#isEnded ? null : (this.#socket?.read() as Buffer | null | undefined)
    if (bytes === null || bytes === undefined) return false
    this.#decoder.push(bytes)
    return true
  }

  #tell(frame: Exclude<Frame, Output>): void {
    if (frame.kind === 'made') this.#observer.made(frame.pid)
    else if (frame.kind === 'started') this.#observer.started(frame.pid)
    else if (frame.kind === 'refused') this.#observer.refused(frame)
    else if (frame.kind === 'exited') this.#observer.exited(frame)
    else if (frame.kind === 'closed') this.close(frame.stream)
    else this.#observer.over(frame.strays)
  }

  #finish(): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.close('stdout')
    this.close('stderr')
    this.#observer.ended()
  }
}
