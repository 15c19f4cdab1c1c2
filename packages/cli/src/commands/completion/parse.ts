import { onlyOperand } from '../../command-line/only-operand.ts'
import type { ParsedOptions } from '../../command-line/parse-options.ts'
import type { CompletionRequest } from './request.ts'
import { completion } from './spec.ts'

/** What `rivulet completion` is to do. Throws a `UsageError`. */
export function parseCompletion({ operands }: ParsedOptions): CompletionRequest {
  // One of the shells: any other word was refused.
  return { shell: onlyOperand(completion, operands) as CompletionRequest['shell'] }
}
