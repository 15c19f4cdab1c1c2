import type { RunRequest } from '../run-request.ts'
import { nameCommands } from './name-commands.ts'
import { parseCommands } from './parse-commands.ts'
import type { ParsedOptions } from './parse-options.ts'
import { parseShowing } from './parse-showing.ts'
import { parseSuccess } from './parse-success.ts'
import { refuseRun } from './refuse-run.ts'
import { runOptions } from './spec/run-options.ts'

/** What `rivulet run` is to do. Throws a `Refusal`, and what `readFile` throws. */
export function parseRun(parsed: ParsedOptions, readFile: (path: string) => string): RunRequest {
  const { given } = parsed
  const commandFile = given.last(runOptions.file)
  const commands = nameCommands(parseCommands(parsed, readFile))
  const request: RunRequest = {
    ...parseShowing(given),
    commands,
    ...(commandFile === undefined ? {} : { commandFile }),
    order: given.last(runOptions.order) ?? 'arrival',
    contain: given.isOn(runOptions.contain),
    hasPty: given.has(runOptions.pty),
    onFailure: given.isOn(runOptions.keepGoing) ? 'keep-going' : 'fail-fast',
    success: parseSuccess(given.last(runOptions.success), commands),
    restarts: given.last(runOptions.restart) ?? 0,
    jobs: given.last(runOptions.jobs) ?? Infinity,
    isGrouped: given.isOn(runOptions.group),
    save: given.last(runOptions.save),
    isSaveBestEffort: given.isOn(runOptions.saveBestEffort),
    hasStatusLine: given.isOn(runOptions.status),
    timeoutMs: given.last(runOptions.timeout),
    killAfterMs: given.last(runOptions.killAfter),
    input: given.last(runOptions.input),
  }
  refuseRun(request, commandFile)
  return request
}
