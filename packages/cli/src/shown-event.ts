import type { RunEvent } from 'rivulet/process'

/** An event as it is shown and saved: with the name of its command, where that was given one. */
export type ShownEvent = RunEvent & { name?: string }
