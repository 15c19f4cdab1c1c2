import type { Writable } from 'node:stream'
import type { SpawnError } from '../errors.ts'
import type { RunOptions } from '../run-options.ts'
import type { StreamName } from '../stream-name.ts'
import type { ProgramOutput } from './program-output.ts'

/** What a program is made of. */
export interface ProgramParts<T> {
  command: readonly string[]
  options: RunOptions
  /** The stream that is not read, because the program writes it to where ours goes. */
  inherited: StreamName | undefined
  output: ProgramOutput<T>
  observer: ProgramObserver
}

/** One program that is started, read and ended, either with what Node alone gives or through the supervisor. */
export interface Program<T> {
  readonly order: 'arrival' | 'exact'
  /** What it prints, as the view's items; the order across the sources is that of their arrival. */
  readonly sources: readonly AsyncIterableIterator<[StreamName, T], undefined>[]
  /** Undefined before the start. */
  readonly pid: number | undefined
  /** Resolves when the program, and all that has to end with it, has ended by itself. */
  readonly gone: Promise<void>
  readonly end: ProgramEnd
  /** Starts it. The observer hears whether that worked, now or later. */
  start(): void
  /** Sends a signal to the whole group. Says whether there was anyone to send it to. */
  kill(killSignal: NodeJS.Signals): boolean
  /** From now on what is read is thrown away, so that a program that is being ended does not block on a full pipe. */
  discard(): void
  /** Reads no more. */
  close(): void
  /** Ends the program and all that belongs to it, and resolves when nothing of that lives. */
  stop(): Promise<void>
  /** Frees what we hold of a program that is over. */
  dispose(): void
}

/** How a program ended. */
export interface ProgramEnd {
  code: number | null
  signalCode: NodeJS.Signals | null
  hasDumpedCore: boolean
  /** Processes outside the group that were ended. */
  strays: number
}

/** Who hears what becomes of a program. */
export interface ProgramObserver {
  /** It runs; it has a stdin if it was given an input. */
  started(stdin: Writable | null): void
  refused(error: SpawnError): void
  /** A stream is read to its end. */
  streamEnded(): void
  /** The program itself has been reaped; others may hold its pipes. */
  exited(): void
  /** Somebody else killed it together with the supervisor that looked after it. */
  lost(): void
}
