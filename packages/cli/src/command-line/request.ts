import type { RunRequest } from '../run-request.ts'
import type { ShowCommandRequest } from '../show-command-request.ts'
import type { TimelineRequest } from '../timeline-request.ts'
import type { CommandSpec } from './command-spec.ts'
import type { Shell } from './spec/completion.ts'

/** What the command line asks for. */
export type Request =
  | { kind: 'run'; request: RunRequest }
  | { kind: 'show'; request: ShowCommandRequest }
  | { kind: 'timeline'; request: TimelineRequest }
  | { kind: 'completion'; shell: Shell }
  /** How to use one command, or all of it. */
  | { kind: 'help'; command: CommandSpec | undefined }
  | { kind: 'version' }
  /** In one line, what cannot be and what to do. */
  | { kind: 'refused'; why: string }
