import type { ShowCommandRequest } from '../show-command-request.ts'
import { onlyOperand } from './only-operand.ts'
import type { ParsedOptions } from './parse-options.ts'
import { parseShowing } from './parse-showing.ts'
import { Refusal } from './refusal.ts'
import { showOptions } from './spec/show-options.ts'
import { show } from './spec/show.ts'

/** What `rivulet show` is to do. Throws a `Refusal`. */
export function parseShow({ given, operands }: ParsedOptions): ShowCommandRequest {
  const request: ShowCommandRequest = {
    ...parseShowing(given),
    path: onlyOperand(show, operands),
    speed: given.last(showOptions.speed),
    only: given.last(showOptions.only),
    names: given.all(showOptions.name),
    grep: given.last(showOptions.grep),
    since: given.last(showOptions.since),
    isFollowing: given.isOn(showOptions.follow),
  }
  if (request.isFollowing && request.speed !== undefined) {
    throw new Refusal('--speed cannot go with --follow: what is followed comes at its own pace')
  }
  if (given.all(showOptions.grep).length > 1) {
    throw new Refusal("--grep can be given once: for lines that match one of several, join them, as 'warn|error'")
  }
  return request
}
