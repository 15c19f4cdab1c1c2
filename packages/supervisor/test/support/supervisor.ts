import { spawn } from 'node:child_process'
import type { ChildProcess, StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { buildSupervisor } from './build.ts'
import { FrameReader } from './frames.ts'
import type { Frame, Kind } from './frames.ts'

export interface Start {
  /** The command that is the supervisor, where it is not the one that is shipped. */
  supervisor?: string[]
  options?: string[]
  stdin?: 'pipe' | 'ignore'
  /** Where an inherited stdout and stderr go. */
  stdout?: 'pipe' | 'ignore'
  stderr?: 'pipe' | 'ignore'
  env?: NodeJS.ProcessEnv
  cwd?: string
  /** For what is too much to be kept. */
  onOutput?: (frame: Frame) => void
}

/** How a supervisor itself ended, and what was left of a frame then. */
export interface End {
  code: number | null
  signal: NodeJS.Signals | null
  unfinished: number
}

/** One run, under a real supervisor. */
export class Run {
  readonly frames: Frame[] = []
  readonly process: ChildProcess
  readonly socket: Socket
  readonly ended: Promise<End>
  readonly #reader = new FrameReader()
  readonly #onOutput: ((frame: Frame) => void) | undefined
  readonly #waiting = new Set<() => void>()
  #over = false
  #failure: unknown

  constructor(command: string[], start: Start = {}) {
    const [file = '', ...before] = start.supervisor ?? [buildSupervisor()]
    const { stdin = 'ignore', stdout = 'ignore', stderr = 'ignore' } = start
    const stdio: StdioOptions = [stdin, stdout, stderr, 'pipe']
    const args = [...before, ...(start.options ?? []), '--', ...command]
    this.process = spawn(file, args, { stdio, detached: true, env: start.env, cwd: start.cwd })
    this.#onOutput = start.onOutput
    this.socket = this.process.stdio[3] as Socket
    // Both ends of it may go at any time; that is seen in how the supervisor ends.
    this.socket.on('error', () => undefined)
    this.process.stdin?.on('error', () => undefined)
    this.socket.on('data', (chunk: Buffer) => this.#take(chunk))
    this.ended = this.#end()
    onTestFinished(() => this.#finish())
  }

  /** The program's process id. */
  async pid(): Promise<number> {
    return (await this.next('started')).payload.readUInt32LE(0)
  }

  /** The first frame of this kind that there was, or that comes. */
  async next(kind: Kind, matches: (frame: Frame) => boolean = () => true): Promise<Frame> {
    const find = () => this.frames.find((frame) => frame.kind === kind && matches(frame))
    await this.#until(() => find() !== undefined)
    const found = find()
    if (found === undefined) throw new Error(`The run ended without a frame '${kind}': ${this.kinds().join(' ')}`)
    return found
  }

  /** Waits until this text has been printed. */
  async printed(text: string): Promise<void> {
    await this.#until(() => this.text(1).includes(text) || this.text(2).includes(text))
    if (!this.text(1).includes(text) && !this.text(2).includes(text))
      throw new Error(`The run ended and had not printed '${text}' but '${this.text(1)}' and '${this.text(2)}'`)
  }

  async over(): Promise<{ strays: number; end: End }> {
    const frame = await this.next('over')
    return { strays: frame.payload.readUInt32LE(0), end: await this.ended }
  }

  async exited(): Promise<{ code: number; signal: number; core: number }> {
    const { payload } = await this.next('exited')
    return { code: payload.readInt32LE(0), signal: payload.readInt32LE(4), core: payload.readUInt32LE(8) }
  }

  async refused(): Promise<{ phase: number; errno: number }> {
    const { payload } = await this.next('refused')
    return { phase: payload.readUInt32LE(0), errno: payload.readUInt32LE(4) }
  }

  /** What was printed to a stream. */
  text(stream: 1 | 2): string {
    const frames = this.frames.filter((frame) => frame.kind === 'output' && frame.stream === stream)
    return Buffer.concat(frames.map((frame) => frame.payload)).toString('latin1')
  }

  /** What was printed, in its order, as `1:a 2:b`. */
  printedInOrder(): string[] {
    const outputs = this.frames.filter((frame) => frame.kind === 'output')
    return outputs.map(({ stream, payload }) => `${stream}:${payload.toString('latin1')}`)
  }

  kinds(): string[] {
    return this.frames.map(({ kind, stream }) => (stream === 0 ? kind : `${kind} ${stream}`))
  }

  signal(number: number): void {
    this.send([1, number, 0, 0])
  }

  stop(): void {
    this.send([2, 0, 0, 0])
  }

  /** Writes the rest of the input, and says that it was all. */
  endInput(rest: string | Uint8Array = ''): void {
    this.process.stdin!.end(rest)
    this.send([3, 0, 0, 0])
  }

  send(bytes: number[]): void {
    this.socket.write(Buffer.from(bytes))
  }

  #take(chunk: Buffer): void {
    try {
      for (const frame of this.#reader.push(chunk)) {
        if (frame.kind === 'output' && this.#onOutput !== undefined) this.#onOutput(frame)
        else this.frames.push(frame)
      }
    } catch (error) {
      this.#failure = error
      this.socket.destroy()
    }
    this.#wake()
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition() && !this.#over) await new Promise<void>((resolve) => this.#waiting.add(resolve))
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }

  async #end(): Promise<End> {
    // 'close' would also wait for what an inherited stdout is held by.
    const closed = new Promise<void>((resolve) => this.socket.once('close', () => resolve()))
    const [code, signal] = (await once(this.process, 'exit')) as [number | null, NodeJS.Signals | null]
    await closed
    this.#over = true
    this.#wake()
    if (this.#failure !== undefined) throw this.#failure as Error
    return { code, signal, unfinished: this.#reader.unfinished }
  }

  async #finish(): Promise<void> {
    this.socket.resume()
    this.socket.destroy()
    await this.ended.catch(() => undefined)
  }
}
