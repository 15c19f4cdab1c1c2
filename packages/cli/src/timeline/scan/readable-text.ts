import { understoodEscapes } from '../../present/escapes.ts'
import { shellQuoted } from '../../text/shell-quoted.ts'
import { visible } from '../../text/visible.ts'

const longestCommandChars = 2000
const longestNameChars = 200
const plainWord = /^[\w@%+=:,./-]+$/
const { acting, token } = understoodEscapes

/** A line without its colours, and with everything else that a terminal would act upon written out. */
export function readableLine(text: string): string {
  if (!acting.test(text)) return text
  return text.replaceAll(token, (found, _parameters, final: string | undefined) =>
    final === undefined ? visible(found) : '',
  )
}

/** A command as one would type it, shortened where nobody would read on. */
export function readableCommand(words: readonly string[]): string {
  const typed = words.map((word) => (plainWord.test(word) ? word : shellQuoted(word)))
  return shortened(typed.join(' '), longestCommandChars)
}

/** The name of a command, shortened where nobody would read on. */
export function readableName(name: string): string {
  return shortened(name, longestNameChars)
}

function shortened(text: string, chars: number): string {
  return visible(text.length > chars ? `${text.slice(0, chars)}…` : text)
}
