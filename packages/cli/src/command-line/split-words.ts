import { quoted } from './quoted.ts'
import { Refusal } from './refusal.ts'

/** Space; what a shell would act upon; a quoted text; an escaped character; any other character. */
const token =
  /(?<space>[ \t]+)|(?<operator>[|&;<>]+)|'(?<single>[^']*)'|"(?<double>(?:[^"\\]|\\.)*)"|\\(?<escaped>.)|(?<plain>[^ \t|&;<>'"\\]+)/suy

/**
 * Parts a line into words as a shell does: by spaces, with quotes and backslashes, and `#` before a comment. Nothing is
 * expanded. Throws a `Refusal` for a quote without an end, and for what only a shell could do. `from` is where the words begin.
 */
export function splitWords(line: string, from = 0): string[] {
  const words: string[] = []
  let word: string | undefined
  token.lastIndex = from
  while (token.lastIndex < line.length) {
    const at = token.lastIndex
    if (word === undefined && line[at] === '#') break
    const parts = token.exec(line)?.groups
    if (parts === undefined) throw unended(line, at)
    const { space, operator, single, double, escaped, plain } = parts
    if (operator !== undefined) {
      throw new Refusal(`${quoted(operator)} at column ${at + 1} needs a shell: quote it, or write sh -c '...'`)
    }
    if (space === undefined) {
      word = (word ?? '') + (single ?? double?.replaceAll(/\\(["$\\`])/g, '$1') ?? escaped ?? plain ?? '')
    } else if (word !== undefined) {
      words.push(word)
      word = undefined
    }
  }
  return word === undefined ? words : [...words, word]
}

function unended(line: string, at: number): Refusal {
  if (line[at] === '\\') return new Refusal('the backslash at the end has nothing behind it: a command is one line')
  return new Refusal(`the ${String(line[at])} at column ${at + 1} has no other`)
}
