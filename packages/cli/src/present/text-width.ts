/** What takes no column, as accents that are put on the character before them. */
const zeroWidth = /[\p{Mn}\p{Me}\p{Cf}]/u
/** What takes two columns: the scripts and signs of East Asia, and pictures. */
const doubleWidth =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u

/** How many columns a character takes on a terminal, as most have it. */
export function characterWidth(character: string): number {
  if (character <= '~') return 1
  if (doubleWidth.test(character)) return 2
  return zeroWidth.test(character) ? 0 : 1
}

/** How many columns a line takes on a terminal, as most have it; there is no control character in it. */
export function textWidth(line: string): number {
  let width = 0
  for (const character of line) width += characterWidth(character)
  return width
}
