import type { Piece } from '../present/presenter.ts'
import { textWidth } from '../present/text-width.ts'
import type { Destination } from './destination.ts'
import { OutputError } from './output-error.ts'
import { openOutputs, type Outputs } from './outputs.ts'

/** The most bytes that wait to be written before `write` waits too. */
const maxWaitingBytes = 65_536
/** Texts for the same place become one until they have so many characters. */
const batchCharacters = 65_536
/** How many pieces that were taken are kept before the list is made anew. */
const maxTaken = 1024
/** No colour of the output may run into the status line. */
const plainColor = '\u001b[0m'

/** A piece that waits to be written. */
interface WaitingPiece extends Piece {
  bytes: number
}

/**
 * Our stdout and stderr, written to in one order: what was given first is written before the next is begun, even if that goes
 * to the other of the two. On a terminal it has a status line below the output.
 */
export class Screen {
  readonly isStdoutTerminal: boolean
  readonly isStderrTerminal: boolean
  /** Whether both end at the same terminal, file or pipe. */
  readonly isShared: boolean
  /** Whether a status line can be shown that nothing else is written into. */
  readonly canShowStatus: boolean
  readonly #destinations: Record<Piece['to'], Destination>
  #queue: WaitingPiece[] = []
  /** Where the queue begins: what is before it was taken. */
  #head = 0
  #waitingBytes = 0
  /** Whether what is written in one turn of the event loop is gathered, and written at its end. */
  readonly #isGathering: boolean
  #endOfTurn: NodeJS.Immediate | undefined
  #isWriting = false
  #isPumping = false
  #isLineOpen = false
  #status: string | undefined
  /** The status line that stands on the terminal. */
  #drawn: string | undefined
  /** Our reader has left, or nobody waits for it any more. */
  #hasLeft = false
  #failure: OutputError | undefined
  #waiting: (() => void)[] = []

  /** Our own outputs by default. With `isGathering` many small writes become few, for a reader that wants all at once. */
  constructor(outputs: Outputs = openOutputs(), { isGathering = false } = {}) {
    const { stdout, stderr, isShared } = outputs
    this.#destinations = { stdout, stderr }
    this.#isGathering = isGathering
    this.isStdoutTerminal = stdout.isTerminal
    this.isStderrTerminal = stderr.isTerminal
    this.isShared = isShared
    // Whoever reads a pipe of ours may write to the same terminal.
    this.canShowStatus = stderr.isTerminal && (stdout.isTerminal || stdout.isFile)
  }

  /**
   * Writes in this order, and resolves when there is room for more. `isLineOpen`: whether this leaves a line without its
   * newline, on which no status line may be drawn.
   *
   * @returns Whether our reader is still there. If it has left, nothing is written any more.
   * @throws (as a rejection) an `OutputError` for what cannot be written, now or before.
   */
  async write(pieces: readonly Piece[], isLineOpen: boolean): Promise<boolean> {
    if (this.#isOver) return this.#outcome()
    this.#isLineOpen = isLineOpen
    this.#pushAll(pieces)
    if (this.#isGathering && this.#waitingBytes < maxWaitingBytes) this.#endOfTurn ??= setImmediate(() => this.#pump())
    else this.#pump()
    while (this.#waitingBytes > maxWaitingBytes) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    return this.#outcome()
  }

  /** Shows this line below the output from now on, or none, if that is possible. */
  showStatus(text: string | undefined): void {
    if (!this.canShowStatus || this.#isOver) return
    this.#status = text
    if (text === undefined) this.#clearStatus()
    this.#pump()
  }

  /** Resolves when all that was given is written, or will not be. */
  async flush(): Promise<void> {
    this.#pump()
    while (this.#isWriting && !this.#isOver) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  /** Drops what our reader has not taken, and waits for it no more. */
  discard(): void {
    this.#hasLeft = true
    this.#settle()
    if (this.#drawn === undefined) return
    // At once, whatever was begun before: it may get there, and nobody waits for it.
    this.#destinations.stderr.write(this.#clearing(this.#drawn), () => undefined)
    this.#drawn = undefined
  }

  /** Writes the rest, without the status line. Rejects with the `OutputError` of what could not be written. */
  async close(): Promise<void> {
    this.#status = undefined
    this.#clearStatus()
    await this.flush()
    if (this.#failure !== undefined) throw this.#failure
  }

  get #isOver(): boolean {
    return this.#hasLeft || this.#failure !== undefined
  }

  #outcome(): boolean {
    if (this.#failure !== undefined) throw this.#failure
    return !this.#hasLeft
  }

  #clearStatus(): void {
    if (this.#drawn === undefined) return
    this.#push('stderr', this.#clearing(this.#drawn))
    this.#drawn = undefined
  }

  /** Draws it as soon as there is nothing else to write, so that it does not pile up behind a terminal that is paused. */
  #drawStatus(): void {
    if (this.#status === undefined || this.#status === this.#drawn || this.#isLineOpen) return
    this.#push('stderr', this.#clearing(this.#drawn ?? '') + plainColor + this.#status)
    this.#drawn = this.#status
  }

  /** Erases what was drawn, from the start of its line; on a terminal that has become narrower it takes several lines. */
  #clearing(drawn: string): string {
    const rows = Math.ceil(textWidth(drawn) / this.#destinations.stderr.columns())
    return rows > 1 ? `\r\u001b[${rows - 1}A\u001b[J` : '\r\u001b[K'
  }

  /** Begins to write what waits, unless that has begun. A write may be done at once: the next is begun here, not by it. */
  #pump(): void {
    if (this.#isPumping) return
    this.#isPumping = true
    if (this.#endOfTurn !== undefined) clearImmediate(this.#endOfTurn)
    this.#endOfTurn = undefined
    while (!this.#isWriting && !this.#isOver) {
      if (this.#head === this.#queue.length) this.#drawStatus()
      const piece = this.#take()
      if (piece === undefined) break
      this.#isWriting = true
      this.#destinations[piece.to].write(piece.text, (error) => this.#written(piece.to, error))
    }
    this.#isPumping = false
  }

  #written(to: Piece['to'], error: NodeJS.ErrnoException | undefined): void {
    this.#isWriting = false
    if (error !== undefined) this.#fail(to, error)
    this.#pump()
    if (this.#waiting.length > 0 && !this.#isFull) this.#settle()
  }

  get #isFull(): boolean {
    return this.#waitingBytes > maxWaitingBytes && !this.#isOver
  }

  #fail(to: Piece['to'], error: NodeJS.ErrnoException): void {
    const { isTerminal } = this.#destinations[to]
    // A terminal that was closed answers EIO.
    const hasLeft = error.code === 'EPIPE' || error.code === 'ECONNRESET' || (error.code === 'EIO' && isTerminal)
    if (hasLeft) this.#hasLeft = true
    else this.#failure ??= new OutputError(to, error)
    this.#settle()
  }

  #settle(): void {
    if (this.#isOver) this.#clear()
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }

  /** Texts for the same place that follow one another become one: here, and nowhere else. */
  #pushAll(pieces: readonly Piece[]): void {
    let to: Piece['to'] | undefined
    let text: Piece['text'] = ''
    for (const piece of pieces) {
      if (piece.to === to && typeof text === 'string' && typeof piece.text === 'string') {
        text += piece.text
        continue
      }
      if (to !== undefined) this.#push(to, text)
      ;({ to, text } = piece)
      if (to === 'stderr' || this.isShared) this.#clearStatus()
    }
    if (to !== undefined) this.#push(to, text)
  }

  #push(to: Piece['to'], text: Piece['text']): void {
    const bytes = Buffer.byteLength(text)
    this.#waitingBytes += bytes
    const last = this.#queue.at(-1)
    const isSamePlace = last?.to === to && last.text.length < batchCharacters
    if (isSamePlace && typeof last.text === 'string' && typeof text === 'string') {
      last.text += text
      last.bytes += bytes
    } else this.#queue.push({ to, text, bytes })
  }

  #take(): Piece | undefined {
    const piece = this.#queue[this.#head]
    if (piece === undefined) return undefined
    this.#waitingBytes -= piece.bytes
    this.#head++
    if (this.#head === maxTaken || this.#head === this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head)
      this.#head = 0
    }
    return piece
  }

  #clear(): void {
    this.#queue = []
    this.#head = 0
    this.#waitingBytes = 0
  }
}
