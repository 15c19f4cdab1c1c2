import { onlyOperand } from '../../command-line/only-operand.ts'
import { parseDisplay } from '../../command-line/parse-display.ts'
import type { ParsedOptions } from '../../command-line/parse-options.ts'
import { UsageError } from '../../command-line/usage-error.ts'
import type { ShowRequest } from './request.ts'
import { show, showOptions } from './spec.ts'

/** What `rivulet show` is to do. Throws a `UsageError`. */
export function parseShow({ values, operands }: ParsedOptions): ShowRequest {
  const request: ShowRequest = {
    ...parseDisplay(values),
    path: onlyOperand(show, operands),
    speed: values.last(showOptions.speed),
    only: values.last(showOptions.only),
    names: values.all(showOptions.name),
    grep: values.last(showOptions.grep),
    since: values.last(showOptions.since),
    isFollowing: values.isOn(showOptions.follow),
  }
  if (request.isFollowing && request.speed !== undefined) {
    throw new UsageError('--speed cannot be used with --follow: a run that is followed comes at its own pace')
  }
  if (values.all(showOptions.grep).length > 1) {
    throw new UsageError("--grep can be given only once: to match one of several, join them, as in 'warn|error'")
  }
  return request
}
