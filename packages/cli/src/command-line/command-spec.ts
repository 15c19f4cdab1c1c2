import type { OptionGroup } from './option.ts'
import type { Completion } from './value.ts'

/** A command line to learn from. */
export interface Example {
  readonly line: string
  /** What it does, for the manual. */
  readonly does: string
}

/** What stands on the command line beside the options. */
export interface Operand {
  readonly placeholder: string
  readonly completion: Completion
}

/** One of the commands of `rivulet`: its help, its completion, its part of the manual and what is parsed come from this. */
export interface CommandSpec {
  readonly name: string
  /** What follows `rivulet` and the name. */
  readonly synopsis: string
  /** One line, for the list of commands. */
  readonly summary: string
  /** What the help says between usage and options. */
  readonly intro: string
  readonly operand: Operand
  readonly groups: readonly OptionGroup[]
  readonly examples: readonly Example[]
  /** Paragraphs of the manual. */
  readonly manual: readonly string[]
}
