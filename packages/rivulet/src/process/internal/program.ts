import type { Writable } from 'node:stream'
import type { SpawnError } from '../errors.ts'
import type { StreamName } from './stream-name.ts'

/** One program as it is started, read and ended: with what Node gives alone, or through the supervisor. */
export interface Program<T> {
  readonly order: 'arrival' | 'exact'
  /** What it prints, as the view's items; the order across the sources is that of their arrival. */
  readonly sources: readonly AsyncIterableIterator<[StreamName, T], undefined>[]
  /** Undefined before the start. */
  readonly pid: number | undefined
  /** Throws a `SpawnError`, or tells the observer of one later. */
  start(): void
  /** Sends a signal to the whole group. Says whether there was anyone to send it to. */
  signal(killSignal: NodeJS.Signals): boolean
  /** From now on what is read is dropped, so that it does not stand still on a full pipe while it ends. */
  drop(): void
  /** Nothing more is read. */
  cut(): void
  /** Ends it and all that belongs to it, and resolves when nobody of that lives. */
  stop(): Promise<void>
  /** Resolves when it has ended by itself, and all that has to end with it. */
  readonly gone: Promise<void>
  /** Nothing more is wanted of it. */
  release(): void
  readonly end: ProgramEnd
}

/** How a program ended. */
export interface ProgramEnd {
  code: number | null
  signalCode: NodeJS.Signals | null
  hasDumpedCore: boolean
  /** Processes that were ended beside what ends with every run. */
  strays: number
}

/** Who hears what becomes of a program. */
export interface ProgramObserver {
  /** It runs; there is a stdin where it has an input to read. */
  started(stdin: Writable | null): void
  refused(error: SpawnError): void
  /** A stream is read to its end. */
  streamEnded(): void
  /** The program itself has been reaped; others may hold its pipes. */
  exited(): void
  /** It was killed, by no doing of ours, with what looked after it. */
  lost(): void
}
