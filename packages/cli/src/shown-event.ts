import type { RunEvent } from 'rivulet/process'

/** An event as it is shown and saved: what a run gives, and what only the command knows of it. */
export type ShownEvent = RunEvent & {
  /** The name of its command, where that was given one. */
  name?: string
  /** Of an `exit`: its command is started again, in so many milliseconds. */
  restartMs?: number
  /** Of a `start`: not all events of that run follow, since `show` has chosen some. */
  filtered?: true
}
