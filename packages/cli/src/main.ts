#!/usr/bin/env node
import { parseCommandLine } from './command-line/parse-command-line.ts'
import { print } from './command-line/print.ts'
import { readCommandFile } from './command-line/read-command-file.ts'
import type { Request } from './command-line/request.ts'
import { ownFailure } from './exit-code.ts'
import { tell } from './screen/tell.ts'
import { version } from './version.ts'

/** Gives the exit code. What a command is made of is loaded only where it is asked for: that is most of the time of a start. */
async function perform(asked: Request): Promise<number> {
  switch (asked.kind) {
    case 'run':
      return (await import('./run-command.ts')).runCommand(asked.request)
    case 'show':
      return (await import('./show-command.ts')).showCommand(asked.request)
    case 'timeline':
      return (await import('./timeline-command.ts')).timelineCommand(asked.request)
    case 'completion':
      return (await import('./completion-command.ts')).completionCommand(asked.shell)
    case 'help':
      return (await import('./help-command.ts')).helpCommand(asked.command)
    case 'version':
      return print(`rivulet ${version}\n`)
    case 'refused':
      tell(asked.why)
      return 2
  }
}

perform(parseCommandLine(process.argv.slice(2), readCommandFile)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    // A mistake of ours: what tells where it is has to be seen.
    tell(error instanceof Error ? (error.stack ?? error.message) : error)
    process.exitCode = ownFailure
  },
)
