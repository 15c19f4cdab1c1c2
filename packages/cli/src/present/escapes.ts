import { actingCharacters } from '../text/visible.ts'

/** What in a program's text is more than text. */
export interface Escapes {
  /** Finds anything but plain text and newlines. */
  acting: RegExp
  /** Finds what acts: a sequence that is understood, with its parameters and the letter that ends it, or one character. */
  token: RegExp
  /** Finds a sequence at the end that more text may complete; of bounded length. */
  unfinished: RegExp
}

const escape = '\u001b'

/** Colours, going to the start of the line, and erasing it are understood; no other sequence is. */
export const understoodEscapes: Escapes = {
  acting: new RegExp(`[${actingCharacters}]`),
  token: new RegExp(`${escape}\\[([\\d;:]{0,128})([mGK])|[${actingCharacters}]`, 'g'),
  unfinished: new RegExp(`${escape}(?:\\[[\\d;:]{0,128})?$`),
}

/** If escapes pass, only colours are understood; the others are text, and are never split. */
export const passingEscapes: Escapes = {
  acting: new RegExp(`[${escape}\\r]`),
  token: new RegExp(`${escape}\\[([\\d;:]{0,128})(m)|[${escape}\\r]`, 'g'),
  unfinished: new RegExp(`${escape}(?:\\[[0-?]{0,128}[ -/]{0,4}|[\\]PX^_][^\\0-\\x1f]{0,4096}${escape}?|[ -/]{1,4})?$`),
}
