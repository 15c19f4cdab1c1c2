#!/usr/bin/env node
import { parseCommandLine } from './parse-command-line.ts'
import { runCommand } from './run-command.ts'
import { usage } from './usage.ts'

const parsed = parseCommandLine(process.argv.slice(2))
if (parsed.kind === 'help') {
  process.stdout.write(usage)
} else if (parsed.kind === 'refused') {
  process.stderr.write(`rivulet: ${parsed.why}\n\n${usage}`)
  process.exitCode = 2
} else {
  process.exitCode = await runCommand(parsed)
}
