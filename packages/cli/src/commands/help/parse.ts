import type { ParseContext } from '../../command-line/command.ts'
import { onlyOperand } from '../../command-line/only-operand.ts'
import type { ParsedOptions } from '../../command-line/parse-options.ts'
import type { HelpRequest } from './request.ts'

/** What `rivulet help` is to do. Throws a `UsageError`. */
export function parseHelp({ operands }: ParsedOptions, { commands }: ParseContext): HelpRequest {
  const help = commands.find(({ name }) => name === 'help')
  if (help === undefined || operands.length === 0) return { command: undefined }
  const wanted = onlyOperand(help, operands)
  return { command: commands.find(({ name }) => name === wanted) }
}
