/** What differs from one operating system to the next in starting programs and ending them. */
export interface Platform {
  /** What `spawn` is to be given for a command. Throws a `SpawnError` for what can be told not to run. */
  launch(command: readonly string[], place: Place): Launch
  /** A program that has just been started, with what it will start. */
  tree(pid: number): ProcessTree
  /** Who ends what we started if we are killed. */
  readonly guard: Guard
}

/** Where a command is to run. */
export interface Place {
  cwd: string | URL | undefined
  env: Readonly<Record<string, string | undefined>>
}

/** A command in the form in which the system wants it. */
export interface Launch {
  file: string
  args: readonly string[]
  options: { detached: boolean; windowsHide?: boolean; windowsVerbatimArguments?: boolean }
}

/** A program and what it started, as far as the system can tell. */
export interface ProcessTree {
  /** Sends a signal to all of it. Says whether there was anyone to send it to. */
  signal(killSignal: NodeJS.Signals): boolean
  /** Whether a process of it lives; a zombie does not. */
  isAlive(): boolean
  /** The program itself has ended and been reaped. */
  leaderReaped(): void
  /** Whether it is known, without looking far, that nobody of it is left once the program was reaped. */
  isEmpty(): boolean
  /** Resolves when every process has ended that we started to end it. */
  helpersEnded(): Promise<void>
}

/** Knows each program from before its start until its run is over. */
export interface Guard {
  /** Sees to it that the guard is there; where it cannot be started, gives a promise of why. */
  open(): Promise<Error> | undefined
  /** A program is about to be started. */
  starting(command: readonly string[]): void
  started(pid: number): void
  /** The program that was about to be started was not. */
  notStarted(): void
  /** The program itself was reaped, and others of its group may live. */
  reaped(pid: number): void
  /** There is nothing left to end. */
  over(pid: number): void
}
