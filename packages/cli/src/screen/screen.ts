import type { Piece } from '../present/presenter.ts'
import { textWidth } from '../present/text-width.ts'
import { isSameFile } from './is-same-file.ts'
import { openDestination, type OpenDestination } from './open-destination.ts'
import { OutputError } from './output-error.ts'
import { PieceQueue } from './piece-queue.ts'

/** The most bytes that wait to be written before whoever writes has to wait. */
const maxWaitingBytes = 65_536
/** No colour of what was shown before goes on into the status line. */
const plainColor = '\u001b[0m'

/** The two places that are written to. Our own by default. */
export interface ScreenParts {
  stdout: OpenDestination
  stderr: OpenDestination
  isShared: boolean
}

/**
 * Our stdout and stderr, written to in one order: what was given first is written before the next is begun, also where
 * that goes to the other of the two. On a terminal it has a status line below the output.
 */
export class Screen {
  readonly isStdoutTerminal: boolean
  readonly isStderrTerminal: boolean
  /** Whether both end at the same terminal, file or pipe. */
  readonly isShared: boolean
  /** Whether a status line can be shown that nothing else is written into. */
  readonly canShowStatus: boolean
  readonly #destinations: Record<Piece['to'], OpenDestination>
  readonly #queue = new PieceQueue()
  #isWriting = false
  #isPumping = false
  #isLineOpen = false
  #status: string | undefined
  /** What of it stands on the terminal. */
  #drawn: string | undefined
  /** Our reader has left, or nobody is to wait for it any more. */
  #hasLeft = false
  #failure: OutputError | undefined
  #waiting: (() => void)[] = []

  constructor(parts: ScreenParts = ownParts()) {
    const { stdout, stderr, isShared } = parts
    this.#destinations = { stdout, stderr }
    this.isStdoutTerminal = stdout.isTerminal
    this.isStderrTerminal = stderr.isTerminal
    this.isShared = isShared
    // Whoever reads a pipe of ours may write to the same terminal.
    this.canShowStatus = stderr.isTerminal && (stdout.isTerminal || stdout.isFile)
  }

  /**
   * Writes in this order, and resolves when there is room for more. `isLineOpen`: whether they leave a line without its
   * newline, on which no status line may be drawn.
   *
   * @returns Whether our reader is still there. Where it has left, nothing is written any more.
   * @throws (as a rejection) an `OutputError` for what cannot be written, also before.
   */
  async write(pieces: readonly Piece[], isLineOpen: boolean): Promise<boolean> {
    if (this.#isOver) return this.#outcome()
    this.#isLineOpen = isLineOpen
    for (const piece of pieces) {
      if (piece.to === 'stderr' || this.isShared) this.#clearStatus()
      this.#queue.push(piece)
    }
    this.#pump()
    while (this.#queue.bytes > maxWaitingBytes) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    return this.#outcome()
  }

  /** Shows this line below the output from now on, or none, where that is possible. */
  showStatus(text: string | undefined): void {
    if (!this.canShowStatus || this.#isOver) return
    this.#status = text
    if (text === undefined) this.#clearStatus()
    this.#pump()
  }

  /** Resolves when all that was given is written, or will not be. */
  async flush(): Promise<void> {
    while (this.#isWriting && !this.#isOver) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  /** Nobody waits for our reader any more: what is not written is dropped. */
  abandon(): void {
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
    this.#pump()
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
    this.#queue.push({ to: 'stderr', text: this.#clearing(this.#drawn) })
    this.#drawn = undefined
  }

  /** It is drawn as soon as there is nothing else to write, so that it does not gather behind a terminal that stands still. */
  #drawStatus(): void {
    if (this.#status === undefined || this.#status === this.#drawn || this.#isLineOpen) return
    this.#queue.push({ to: 'stderr', text: this.#clearing(this.#drawn ?? '') + plainColor + this.#status })
    this.#drawn = this.#status
  }

  /** Has what was drawn go, from the start of its line; in a terminal that has become narrower it stands on several. */
  #clearing(drawn: string): string {
    const rows = Math.ceil(textWidth(drawn) / this.#destinations.stderr.columns())
    return rows > 1 ? `\r\u001b[${rows - 1}A\u001b[J` : '\r\u001b[K'
  }

  /** Begins to write what waits, unless that has begun. A write may be done at once, and the next is begun here, not by it. */
  #pump(): void {
    if (this.#isPumping) return
    this.#isPumping = true
    while (!this.#isWriting && !this.#isOver) {
      if (this.#queue.isEmpty) this.#drawStatus()
      const piece = this.#queue.take()
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
    return this.#queue.bytes > maxWaitingBytes && !this.#isOver
  }

  #fail(to: Piece['to'], error: NodeJS.ErrnoException): void {
    // A terminal that was closed answers EIO.
    const hasLeft =
      error.code === 'EPIPE' || error.code === 'ECONNRESET' || (error.code === 'EIO' && this.#isTerminal(to))
    if (hasLeft) this.#hasLeft = true
    else this.#failure ??= new OutputError(to, error)
    this.#settle()
  }

  #isTerminal(to: Piece['to']): boolean {
    return this.#destinations[to].isTerminal
  }

  #settle(): void {
    if (this.#isOver) this.#queue.clear()
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}

function ownParts(): ScreenParts {
  const [stdout, stderr] = [openDestination('stdout'), openDestination('stderr')]
  // One terminal may have several names, of which /dev/tty does not say whose it is.
  const areTerminals = stdout.isTerminal && stderr.isTerminal
  return { stdout, stderr, isShared: areTerminals || isSameFile(1, 2) }
}
