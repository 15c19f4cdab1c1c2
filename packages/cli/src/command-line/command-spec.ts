import type { Completion, Option } from './option.ts'

/** A command line to learn from. */
export interface Example {
  readonly line: string
  /** What it does, for the manual. */
  readonly does: string
}

/** What stands on the command line beside the options. */
interface Operand {
  readonly placeholder: string
  readonly completion: Completion
}

/** Options that belong together, under a heading of the help. */
interface OptionGroup {
  readonly heading: string
  readonly options: readonly Option[]
}

/** A subcommand of `rivulet`: its help, its completion, its part of the manual and its parsing are made from this. */
export interface CommandSpec<Name extends string = string> {
  readonly name: Name
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

/** All options of a command, in the order of its help. */
export function optionsOf(command: CommandSpec): Option[] {
  return command.groups.flatMap(({ options }) => options)
}
