import type { CommandSpec } from '../../command-line/command-spec.ts'

/** What `rivulet help` is asked to do. */
export interface HelpRequest {
  /** The command to explain; undefined for an overview of all. */
  command: CommandSpec | undefined
}
