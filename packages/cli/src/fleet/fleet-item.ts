import type { ShownEvent } from '../shown-event.ts'

/** What comes of the commands. */
export type FleetItem =
  | { kind: 'event'; command: number; event: ShownEvent }
  /** What is to be told on our stderr. */
  | { kind: 'notice'; text: string }
  /** A command is over, and is not started again. */
  | { kind: 'over'; command: number; code: number | undefined }
