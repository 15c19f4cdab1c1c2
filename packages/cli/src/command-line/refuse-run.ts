import type { RunRequest } from '../run-request.ts'
import { Refusal } from './refusal.ts'

/** Throws a `Refusal` for options that cannot go together. `path` is that of the file that the commands are from. */
export function refuseRun(request: RunRequest, path: string | undefined): void {
  const { commands, order, hasPty, save, isSaveBestEffort, input, restarts, success, onFailure } = request
  if (hasPty && order === 'exact') {
    throw new Refusal(
      '--pty cannot go with --order exact: what comes through a terminal has lost its place in the order',
    )
  }
  if (save === '-') throw new Refusal('--save needs a file; for the events on stdout use --format jsonl')
  if (isSaveBestEffort && save === undefined) throw new Refusal('--save-best-effort needs --save FILE')
  if (input !== undefined && commands.length > 1) {
    throw new Refusal("--input cannot be shared by several commands: give it to one, as sh -c 'COMMAND < FILE'")
  }
  if (input === '-' && path === '-') throw new Refusal('--input - and --file - cannot both read our stdin')
  if (input === '-' && restarts > 0) {
    throw new Refusal('--input - cannot go with --restart, as our stdin can be read only once: give it a file')
  }
  if (success.kind === 'first' && onFailure === 'keep-going') {
    throw new Refusal('--success first cannot go with --keep-going: the first end stops the others')
  }
}
