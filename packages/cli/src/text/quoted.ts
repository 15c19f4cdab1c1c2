import { oneLine } from './visible.ts'

/** The most characters of what was given that a message shows. */
const maxCharacters = 60

/** What was given, as a message shows it. */
export function quoted(text: string): string {
  const characters = Array.from(text)
  if (characters.length <= maxCharacters) return `'${oneLine(text)}'`
  return `'${oneLine(characters.slice(0, maxCharacters - 1).join(''))}…'`
}
