import { eastAsianWidth } from 'get-east-asian-width'

/** Text of which each character takes one column, and to which nothing is joined. */
const narrowText = /^[\0-\xac\xae-\u02ff]*$/
/** Combining marks, format characters, and the vowels and finals of Hangul, which are drawn into the letter before them. */
const zeroWidth = /[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff\ud7b0-\ud7ff]/u
const emoji = String.raw`\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?`
/** Characters that are drawn as one picture: flags, families, emoji by a variation selector, and skin tones. */
const picture = String.raw`\p{Regional_Indicator}{2}|${emoji}(?:\u200d${emoji})+|\p{Emoji}\ufe0f|\p{Emoji_Modifier_Base}\p{Emoji_Modifier}`
/** A picture, which is in a group, or any other character. */
const unit = new RegExp(`(${picture})|[^]`, 'gu')

/** How many columns a line takes on a terminal, as most terminals have it. There must be no control characters in it. */
export function textWidth(line: string): number {
  if (narrowText.test(line)) return line.length
  let width = 0
  for (const match of line.matchAll(unit)) width += unitWidth(match)
  return width
}

/** The longest beginning of a line that fits into so many columns, without a part of a picture. */
export function textWithin(line: string, columns: number): string {
  if (narrowText.test(line)) return line.slice(0, Math.max(0, columns))
  let width = 0
  for (const match of line.matchAll(unit)) {
    width += unitWidth(match)
    if (width > columns) return line.slice(0, match.index)
  }
  return line
}

function unitWidth([character, joined]: RegExpExecArray): number {
  if (joined !== undefined) return 2
  return zeroWidth.test(character) ? 0 : eastAsianWidth(character.codePointAt(0) ?? 0)
}
