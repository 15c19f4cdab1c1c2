import { visible } from '../text/visible.ts'

const longestChars = 2000
const longestNameChars = 200
const plainWord = /^[\w@%+=:,./-]+$/

/** The words of a command as one would type them, and as long as somebody reads. */
export function commandText(words: readonly string[]): string {
  const typed = words.map((word) => (plainWord.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
  return shortened(typed.join(' '), longestChars)
}

/** The name of a command, as long as somebody reads. */
export function nameText(name: string): string {
  return shortened(name, longestNameChars)
}

function shortened(text: string, chars: number): string {
  return visible(text.length > chars ? `${text.slice(0, chars)}…` : text)
}
