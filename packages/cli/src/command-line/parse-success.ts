import type { CommandRequest, RunRequest } from '../run-request.ts'
import { inWords } from './in-words.ts'
import { quoted } from './quoted.ts'
import { Refusal } from './refusal.ts'

/** Whose end decides. Throws a `Refusal` where no command has that name, or one has the name of another meaning. */
export function parseSuccess(which: string | undefined, commands: readonly CommandRequest[]): RunRequest['success'] {
  if (which === undefined) return { kind: 'all' }
  const names = commands.flatMap(({ name }) => name ?? [])
  const isNamed = names.includes(which)
  if (which === 'all' || which === 'first') {
    if (isNamed) throw new Refusal(`--success ${which} is not clear, as a command is named so: give that another name`)
    return { kind: which }
  }
  if (isNamed) return { kind: 'name', name: which }
  const known = names.length === 0 ? 'and no command has one: give it with -n' : `which is ${inWords(names)}`
  throw new Refusal(`--success must be all, first or the name of a command, ${known}; not ${quoted(which)}`)
}
