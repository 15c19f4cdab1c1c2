import type { ChildProcess } from 'node:child_process'
import { constants } from 'node:os'
import type { Duplex } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import type { SpawnError } from '../errors.ts'
import { groupLives } from '../platform/linux-process-table.ts'
import type { Program, ProgramEnd, ProgramParts } from '../program/program.ts'
import type { Frame } from './frame.ts'
import { FrameReader, type FrameObserver } from './frame-reader.ts'
import { refusal, startError } from './refusal.ts'
import { startSupervisor, type Supervision } from './start-supervisor.ts'

/** Tells the supervisor to stop the program. */
const stopMessage: Uint8Array = Uint8Array.of(2, 0, 0, 0)

/** Tells it that what was written is the whole input: without this the end of the pipe may mean that we died. */
const inputEndedMessage: Uint8Array = Uint8Array.of(3, 0, 0, 0)

/** Milliseconds between two looks at a group that was killed. */
const pauseMs = 2

/**
 * A program that the supervisor starts, reads and ends for us. If we are killed, its socket closes, and it kills them all; if
 * the supervisor is killed, the system kills the program, and we kill the group.
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
  /** The process that is to become the program; its id is the group's. */
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
    this.sources = [new FrameReader(parts.output, this)]
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
      // Otherwise it is only a signal that could not be sent.
      if (supervisor.pid === undefined) this.#refuse(startError(command, options, error))
    })
    supervisor.on('exit', (code) => {
      this.#reaped = code === 0 ? 'by itself' : 'killed'
      this.#advance()
    })
    // Against its type, it is missing when too many files are open.
    const { stdio } = supervisor as { stdio?: readonly unknown[] }
    this.#socket = stdio?.[3] as Duplex | undefined
    if (this.#socket) reader.attach(this.#socket)
  }

  kill(killSignal: NodeJS.Signals): boolean {
    const message = signalMessage(killSignal)
    if (this.#supervisor === undefined || this.#isOver || !this.#hasGroup()) return false
    this.#socket?.write(message)
    return true
  }

  discard(): void {
    void this.sources[0].return()
  }

  close(): void {
    this.discard()
  }

  async stop(): Promise<void> {
    if (this.#supervisor === undefined) return
    this.#socket?.write(stopMessage)
    // It may have been suspended.
    this.#supervisor.kill('SIGCONT')
    await this.gone
  }

  dispose(): void {
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
      // It may have died before it could tell that the program had started.
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

  /** It is gone when it is reaped, and has told how the program ended or will not. If it was killed, so is what it left. */
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

/** Tells the supervisor to send a signal to the program's group. */
function signalMessage(killSignal: NodeJS.Signals): Uint8Array {
  const number = constants.signals[killSignal] as number | undefined
  if (number === undefined) {
    throw Object.assign(new TypeError(`Unknown signal: ${killSignal}`), { code: 'ERR_UNKNOWN_SIGNAL' })
  }
  return Uint8Array.of(1, number, 0, 0)
}

/**
 * Kills the group of a supervisor that was itself killed, and resolves when nobody of it lives. The system kills only the
 * program, whose id is the group's; while the group has members, nobody else can have that id.
 */
async function endOrphans(id: number): Promise<void> {
  while (isKilled(id) && groupLives(id)) await pause(pauseMs)
}

/** Says whether there was anyone to kill. */
function isKilled(id: number): boolean {
  try {
    process.kill(-id, 'SIGKILL')
    return true
  } catch {
    // Nobody is left, or nobody whom we may kill, and whom we then do not wait for.
    return false
  }
}
