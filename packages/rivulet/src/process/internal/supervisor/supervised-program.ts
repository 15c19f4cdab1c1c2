import type { ChildProcess } from 'node:child_process'
import { constants } from 'node:os'
import type { Duplex } from 'node:stream'
import type { SpawnError } from '../../errors.ts'
import type { ProgramParts } from '../plain-program.ts'
import type { Program, ProgramEnd } from '../program.ts'
import { inputEndedMessage, signalMessage, stopMessage } from './control-message.ts'
import { endOrphans } from './end-orphans.ts'
import type { Frame } from './frame.ts'
import { FrameReader, type FrameObserver } from './frame-reader.ts'
import { refusal } from './refusal.ts'
import { startError, startSupervisor, type Supervision } from './start-supervisor.ts'

/**
 * A program that the supervisor starts, reads and ends for us. If we are killed, its socket closes, and it kills all; if
 * it is killed itself, the system kills the program, and we the group.
 */
export class SupervisedProgram<T> implements Program<T>, FrameObserver {
  readonly order: 'arrival' | 'exact'
  readonly sources: readonly [FrameReader<T>]
  readonly gone: Promise<void>
  pid: number | undefined
  readonly end: ProgramEnd = { code: null, signalCode: null, hasDumpedCore: false, strays: 0 }
  readonly #parts: ProgramParts<T>
  readonly #supervision: Supervision
  #resolveGone!: () => void
  #supervisor: ChildProcess | undefined
  #socket: Duplex | undefined
  /** The process that is to become the program, whose id is the group's. */
  #group: number | undefined
  #orphansEnded: Promise<void> | undefined
  /** The supervisor has told how it ended. */
  #isOver = false
  /** All that it sent is read. */
  #isRead = false
  /** It has been reaped, and how. */
  #reaped: 'by itself' | 'killed' | undefined

  constructor(parts: ProgramParts<T>, supervision: Supervision) {
    this.#parts = parts
    this.#supervision = supervision
    this.order = supervision.order
    this.gone = new Promise((resolve) => (this.#resolveGone = resolve))
    this.sources = [new FrameReader(parts.intake, this)]
  }

  start(): void {
    const { command, options, inherited, observer } = this.#parts
    let supervisor: ChildProcess
    try {
      supervisor = startSupervisor(command, options, inherited, this.#supervision)
    } catch (error) {
      observer.refused(error as SpawnError)
      return
    }
    const [reader] = this.sources
    if (inherited !== undefined) reader.close(inherited)
    this.#supervisor = supervisor
    supervisor.on('error', (error) => {
      // A signal that could not be sent is none of ours.
      if (supervisor.pid === undefined) this.#refuse(startError(command, options, error))
    })
    supervisor.on('exit', (code) => {
      this.#reaped = code === 0 ? 'by itself' : 'killed'
      this.#advance()
    })
    // Where too many files are open there are none, against their types.
    const { stdio } = supervisor as { stdio?: readonly unknown[] }
    this.#socket = stdio?.[3] as Duplex | undefined
    if (this.#socket) reader.attach(this.#socket)
  }

  signal(killSignal: NodeJS.Signals): boolean {
    const message = signalMessage(killSignal)
    if (this.#supervisor === undefined || this.#isOver || !this.#hasGroup()) return false
    this.#socket?.write(message)
    return true
  }

  drop(): void {
    void this.sources[0].return()
  }

  cut(): void {
    this.drop()
  }

  async stop(): Promise<void> {
    if (this.#supervisor === undefined) return
    this.#socket?.write(stopMessage)
    // Somebody may have stopped it.
    this.#supervisor.kill('SIGCONT')
    await this.gone
  }

  release(): void {
    this.#supervisor?.stdin?.destroy()
    this.#socket?.destroy()
    if (this.#supervisor?.pid !== undefined) this.#supervisor.unref()
  }

  made(pid: number): void {
    this.#group = pid
  }

  started(pid: number): void {
    this.pid = pid
    const stdin = this.#supervisor?.stdin ?? null
    stdin?.once('finish', () => this.#socket?.write(inputEndedMessage))
    this.#parts.observer.started(stdin)
  }

  refused(frame: Extract<Frame, { kind: 'refused' }>): void {
    this.#isOver = true
    const { command, options } = this.#parts
    void this.gone.then(() => this.#parts.observer.refused(refusal(command, options.cwd, frame)))
    this.#advance()
  }

  exited({ code, killSignal, hasDumpedCore }: Extract<Frame, { kind: 'exited' }>): void {
    const name = Object.entries(constants.signals).find(([, number]) => number === killSignal)?.[0]
    Object.assign(this.end, { code, signalCode: name ?? null, hasDumpedCore })
    this.#parts.observer.exited()
  }

  streamEnded(): void {
    this.#parts.observer.streamEnded()
  }

  over(strays: number): void {
    this.#isOver = true
    this.end.strays = strays
    this.#advance()
  }

  ended(): void {
    this.#isRead = true
    if (!this.#isOver) {
      // It may not have come to tell that it had started.
      this.pid ??= this.#group
      Object.assign(this.end, { code: null, signalCode: 'SIGKILL' })
      this.#parts.observer.lost()
    }
    this.#advance()
  }

  #refuse(error: SpawnError): void {
    this.#isOver = true
    this.#resolveGone()
    this.#parts.observer.refused(error)
  }

  /** Gone when it is reaped and has told how it ended, or will not; and what it left behind when it was killed is killed. */
  #advance(): void {
    if (this.#reaped === undefined) return
    if (this.#reaped === 'killed' && this.#group !== undefined) {
      this.#orphansEnded ??= endOrphans(this.#group)
      void this.#orphansEnded.then(() => this.#settle())
    } else this.#settle()
  }

  #settle(): void {
    if (this.#isOver || this.#isRead) this.#resolveGone()
  }

  #hasGroup(): boolean {
    if (this.pid === undefined) return true
    try {
      process.kill(-this.pid, 0)
      return true
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EPERM'
    }
  }
}
