import type { ChunkItems, OutputLimit } from '../program/program-output.ts'
import type { RunOptions } from '../run-options.ts'
import type { Drain } from '../stopping/drain.ts'
import type { StreamName } from '../stream-name.ts'
import type { MakeProgram } from './choose-program.ts'

/** How a view reads a run: what it makes of each stream, and which stream the program writes to where ours goes. */
export interface Reading<T> {
  items: (name: StreamName) => ChunkItems<T>
  inherited?: StreamName | undefined
}

/** What a run is made of when its turn comes. */
export interface RunSetup<T> {
  command: readonly string[]
  options: RunOptions
  limit: OutputLimit
  reading: Reading<T>
  /** Whether the consumer waits for an item. */
  isAwaited: () => boolean
  makeProgram: MakeProgram
  /** When the run began, by `Date.now()` and by `performance.now()`. */
  startedAt: number
  startedMs: number
  onStarted: () => void
  /** The program has exited, and its pipes are still open. */
  onDrain: (drain: Drain) => void
  onInputError: (error: unknown) => void
}
