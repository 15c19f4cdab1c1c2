import { UsageError } from '../../../command-line/usage-error.ts'
import { quoted } from '../../../text/quoted.ts'
import type { CommandRequest } from '../request.ts'

/** The longest name that is derived from a program, in characters. */
const maxCharacters = 64

/**
 * Gives each of several commands its own name: the one it was given, or the name of its program's file, with a number if that is
 * taken. Throws a `UsageError` if two were given the same name.
 */
export function nameCommands(commands: readonly CommandRequest[]): CommandRequest[] {
  if (commands.length === 1) return [...commands]
  const taken = new Set<string>()
  for (const { name } of commands) {
    if (name === undefined) continue
    if (taken.has(name)) throw new UsageError(`two commands are named ${quoted(name)}: give each its own name`)
    taken.add(name)
  }
  return commands.map((command) => {
    if (command.name !== undefined) return command
    const name = freeName(programName(command.file), taken)
    taken.add(name)
    return { ...command, name }
  })
}

function programName(file: string): string {
  const last = file.split(/[\\/]/).findLast((part) => part !== '') ?? file
  return Array.from(last.replaceAll(/\p{C}/gu, '?')).slice(0, maxCharacters).join('')
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  let number = 2
  while (taken.has(`${name}-${number}`)) number++
  return `${name}-${number}`
}
