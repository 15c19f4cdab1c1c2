import type { CommandSpec } from './command-spec.ts'
import type { ParsedOptions } from './parse-options.ts'

/** What parsing may need beside the words of its own command. */
export interface ParseContext {
  /** Every command that there is. */
  commands: readonly CommandSpec[]
  /** Gives the text of a file that the words name. Throws a `UsageError` if it cannot. By default it is read from disk. */
  readFile: ((path: string) => string) | undefined
}

/** What the words asked for, and how to do it. */
export interface Asked<Name extends string, Request> {
  kind: Name
  request: Request
  /** Does it, and gives the exit code. */
  perform: () => Promise<number>
}

/** A subcommand: what it is, and what its words ask for. */
export interface Command<Name extends string, Request> {
  readonly spec: CommandSpec<Name>
  /** Throws a `UsageError`. */
  readonly ask: (parsed: ParsedOptions, context: ParseContext) => Asked<Name, Request>
}

/** What does the work of a subcommand: `perform.ts` of its folder. */
interface Performer<Request> {
  /** Gives the exit code. */
  perform: (request: Request, commands: readonly CommandSpec[]) => Promise<number>
}

/** Makes a subcommand of its parts. What performs it is loaded only when it is performed: loading takes most of a start. */
export function command<Name extends string, Request>(
  spec: CommandSpec<Name>,
  parse: (parsed: ParsedOptions, context: ParseContext) => Request,
  load: () => Promise<Performer<Request>>,
): Command<Name, Request> {
  return {
    spec,
    ask: (parsed, context) => {
      const request = parse(parsed, context)
      return { kind: spec.name, request, perform: async () => (await load()).perform(request, context.commands) }
    },
  }
}
