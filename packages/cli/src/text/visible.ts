/**
 * The characters that a terminal acts upon, as a class of a regular expression: controls but tab and newline, line separators
 * that are no newline, and what reverses the direction of writing, with which one line can be made to read as another.
 */
export const actingCharacters = '\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069'

const acting = new RegExp(`[${actingCharacters}]`, 'g')

/** Text with its acting characters written out: `^G`, `^[`, `^?`, and by number `<U+009B>`, `<U+202E>`. */
export function visible(text: string): string {
  return text.replaceAll(acting, writtenOut)
}

/** The same in one line. */
export function oneLine(text: string): string {
  return visible(text).replaceAll('\n', '^J').replaceAll('\t', '^I')
}

function writtenOut(character: string): string {
  const code = character.charCodeAt(0)
  // As `cat -v` and `less` write them: a control is the letter 64 above or below it.
  if (code < 0x80) return `^${String.fromCharCode(code ^ 0x40)}`
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
}
