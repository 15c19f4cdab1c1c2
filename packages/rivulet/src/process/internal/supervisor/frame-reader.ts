import type { Readable } from 'node:stream'
import { AskedItems } from '../asked-items.ts'
import type { Intake } from '../intake.ts'
import type { StreamName } from '../stream-name.ts'
import { FrameDecoder } from './frame-decoder.ts'
import type { Frame } from './frame.ts'

type Output = Extract<Frame, { kind: 'output' }>

/** Who hears what the supervisor tells beside output. */
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
  readonly #intake: Intake<T>
  readonly #observer: FrameObserver
  readonly #decoder = new FrameDecoder()
  readonly #items = new AskedItems(() => this.#make())
  #socket: Readable | undefined
  /** The next output, which nobody has asked for yet. */
  #held: Output | undefined
  /** What streams have left that are closed: at most a line each. */
  #left: readonly [StreamName, T][] = []
  readonly #open = new Set<StreamName>(['stdout', 'stderr'])
  /** Streams whose last items have not been made. */
  readonly #unended = new Set<StreamName>(['stdout', 'stderr'])
  #isDropping = false
  /** Nothing more comes to what the socket has still. */
  #isClosed = false
  #isEnded = false

  constructor(intake: Intake<T>, observer: FrameObserver) {
    this.#intake = intake
    this.#observer = observer
  }

  attach(socket: Readable): void {
    this.#socket = socket
    socket.on('readable', this.#onReadable)
    socket.on('end', this.#onClosed)
    socket.on('close', this.#onClosed)
    // Whoever closes with a message of ours unread makes the system say that the connection was reset, after all he sent.
    socket.on('error', this.#onClosed)
    this.#onReadable()
  }

  next(): Promise<IteratorResult<[StreamName, T], undefined>> {
    return this.#items.next()
  }

  /** Gives no more, and drops what comes: the program must not stand still while it ends. */
  return(): Promise<IteratorResult<[StreamName, T], undefined>> {
    if (!this.#isDropping) {
      this.#isDropping = true
      // Not before they are asked for: it may be a chunk on its way into them that is the cause of this.
      this.#items.end(() => [...this.#takeLeft(), ...this.#lastOf('stdout'), ...this.#lastOf('stderr')])
      this.#onReadable()
    }
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** A stream of which nothing will come. */
  close(name: StreamName): void {
    if (!this.#open.delete(name)) return
    if (!this.#isDropping) this.#left = [...this.#left, ...this.#lastOf(name)]
    if (this.#open.size === 0) this.#items.end(() => this.#takeLeft())
    this.#observer.streamEnded()
  }

  readonly #onReadable = (): void => {
    if (this.#isDropping) this.#drop()
    else {
      this.#items.answer()
      this.#held ??= this.#nextOutput()
    }
    if (this.#isClosed && this.#held === undefined) this.#end()
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
      if (this.#isClosed) this.#end()
      return left.length > 0 ? left : undefined
    }
    const items = [...left, ...this.#intake.push(output.stream, output.bytes, output.t)]
    // What follows may be the end, which must not wait until somebody asks.
    if (!this.#isDropping) this.#held = this.#nextOutput()
    return items
  }

  #lastOf(name: StreamName): readonly [StreamName, T][] {
    return this.#unended.delete(name) ? this.#intake.end(name) : []
  }

  #takeLeft(): readonly [StreamName, T][] {
    const left = this.#left
    this.#left = []
    return left
  }

  #drop(): void {
    for (let output = this.#held ?? this.#nextOutput(); output !== undefined; output = this.#nextOutput()) {
      this.#held = undefined
      this.#intake.drop(output.stream, output.bytes)
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
      this.#items.end(() => this.#takeLeft(), { error })
      this.#socket?.destroy()
      this.#end()
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

  #end(): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.close('stdout')
    this.close('stderr')
    this.#observer.ended()
  }
}
