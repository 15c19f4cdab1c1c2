#!/usr/bin/env node
import { parseCommandLine, type ParsedCommandLine } from './commands/parse-command-line.ts'
import { ownFailure, usageFailure } from './exit-code.ts'
import { print } from './screen/print.ts'
import { reportError } from './screen/report-error.ts'
import { version } from './version.ts'

/** Does what was asked for, and gives the exit code. */
async function perform(asked: ParsedCommandLine): Promise<number> {
  if (asked.kind === 'version') return print(`rivulet ${version}\n`)
  if (asked.kind !== 'usage-error') return asked.perform()
  reportError(asked.message)
  return usageFailure
}

perform(parseCommandLine(process.argv.slice(2))).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    // A bug of ours: whoever fixes it needs the stack.
    reportError(error instanceof Error ? (error.stack ?? error.message) : error)
    process.exitCode = ownFailure
  },
)
