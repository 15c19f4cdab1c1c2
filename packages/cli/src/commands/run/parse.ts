import type { ParseContext } from '../../command-line/command.ts'
import { parseDisplay } from '../../command-line/parse-display.ts'
import type { ParsedOptions } from '../../command-line/parse-options.ts'
import { UsageError } from '../../command-line/usage-error.ts'
import { inWords } from '../../text/in-words.ts'
import { quoted } from '../../text/quoted.ts'
import { nameCommands } from './command-list/name-commands.ts'
import { parseCommands } from './command-list/parse-commands.ts'
import type { CommandRequest, RunRequest } from './request.ts'
import { runOptions } from './spec.ts'

/** What `rivulet run` is to do. Throws a `UsageError`, and what reading a command file throws. */
export function parseRun(parsed: ParsedOptions, context: ParseContext): RunRequest {
  const { values } = parsed
  const commandFile = values.last(runOptions.file)
  const commands = nameCommands(parseCommands(parsed, context))
  const request: RunRequest = {
    ...parseDisplay(values),
    commands,
    ...(commandFile === undefined ? {} : { commandFile }),
    order: values.last(runOptions.order) ?? 'arrival',
    contain: values.isOn(runOptions.contain),
    hasPty: values.has(runOptions.pty),
    onFailure: values.isOn(runOptions.keepGoing) ? 'keep-going' : 'fail-fast',
    success: parseSuccess(values.last(runOptions.success), commands),
    restarts: values.last(runOptions.restart) ?? 0,
    jobs: values.last(runOptions.jobs) ?? Infinity,
    isGrouped: values.isOn(runOptions.group),
    save: values.last(runOptions.save),
    isSaveBestEffort: values.isOn(runOptions.saveBestEffort),
    hasStatusLine: values.isOn(runOptions.status),
    timeoutMs: values.last(runOptions.timeout),
    killAfterMs: values.last(runOptions.killAfter),
    input: values.last(runOptions.input),
  }
  refuseContradictions(request)
  return request
}

function parseSuccess(which: string | undefined, commands: readonly CommandRequest[]): RunRequest['success'] {
  if (which === undefined) return { kind: 'all' }
  const names = commands.flatMap(({ name }) => name ?? [])
  const isNamed = names.includes(which)
  if (which === 'all' || which === 'first') {
    if (isNamed) throw new UsageError(`--success ${which} is ambiguous: a command has that name, give it another`)
    return { kind: which }
  }
  if (isNamed) return { kind: 'name', name: which }
  if (names.length === 0) {
    throw new UsageError(`--success must be all or first, not ${quoted(which)}: no command has a name, which -n gives`)
  }
  throw new UsageError(
    `--success must be all, first or the name of a command (${inWords(names)}), not ${quoted(which)}`,
  )
}

/** Throws a `UsageError` for options that cannot be used together. */
function refuseContradictions(request: RunRequest): void {
  const { commands, commandFile, order, hasPty, save, isSaveBestEffort, input, restarts, success, onFailure } = request
  if (hasPty && order === 'exact') {
    throw new UsageError(
      '--pty cannot be used with --order exact: output that goes through a terminal loses its place in the order',
    )
  }
  if (save === '-') throw new UsageError('--save needs a file; for events on stdout, use --format jsonl')
  if (isSaveBestEffort && save === undefined) throw new UsageError('--save-best-effort needs --save FILE')
  if (input !== undefined && commands.length > 1) {
    throw new UsageError("--input cannot be shared by several commands: give it to one, as in sh -c 'COMMAND < FILE'")
  }
  if (input === '-' && commandFile === '-') throw new UsageError('--input - and --file - cannot both read our stdin')
  if (input === '-' && restarts > 0) {
    throw new UsageError('--input - cannot be used with --restart: our stdin can be read only once, so give it a file')
  }
  if (success.kind === 'first' && onFailure === 'keep-going') {
    throw new UsageError('--success first cannot be used with --keep-going: the first to end stops the others')
  }
}
