import { oneLine } from '../present/one-line.ts'

/** A message shows at most so many characters of what was given. */
const mostCharacters = 60

/** What was given, as a message shows it. */
export function quoted(text: string): string {
  const characters = Array.from(text)
  if (characters.length <= mostCharacters) return `'${oneLine(text)}'`
  return `'${oneLine(characters.slice(0, mostCharacters - 1).join(''))}…'`
}
