import type { CommandRequest } from '../run-request.ts'
import { quoted } from './quoted.ts'
import { Refusal } from './refusal.ts'

/** What a name derived from a program may be, in characters. */
const mostCharacters = 64

/**
 * Gives each of several commands a name of its own: that which it was given, or that of its program's file, with a number
 * where there is another. Throws a `Refusal` where two were given the same.
 */
export function nameCommands(commands: readonly CommandRequest[]): CommandRequest[] {
  if (commands.length === 1) return [...commands]
  const taken = new Set<string>()
  for (const { name } of commands) {
    if (name === undefined) continue
    if (taken.has(name)) throw new Refusal(`two commands are named ${quoted(name)}: give each a name of its own`)
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
  return Array.from(last.replaceAll(/\p{C}/gu, '?')).slice(0, mostCharacters).join('')
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  let number = 2
  while (taken.has(`${name}-${number}`)) number++
  return `${name}-${number}`
}
