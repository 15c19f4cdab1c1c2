import { UsageError } from '../../../command-line/usage-error.ts'
import { quoted } from '../../../text/quoted.ts'

/** Space; what a shell would act upon; a quoted text; an escaped character; any other character. */
const token =
  /(?<space>[ \t]+)|(?<operator>[|&;<>]+)|'(?<single>[^']*)'|"(?<double>(?:[^"\\]|\\.)*)"|\\(?<escaped>.)|(?<plain>[^ \t|&;<>'"\\]+)/suy

/**
 * Splits a line into words as a shell does: by spaces, with quotes and backslashes, and `#` before a comment. Nothing is
 * expanded. Throws a `UsageError` for an open quote, and for what only a shell could do. `from` is where the words begin.
 */
export function splitWords(line: string, from = 0): string[] {
  const words: string[] = []
  let word: string | undefined
  token.lastIndex = from
  while (token.lastIndex < line.length) {
    const at = token.lastIndex
    if (word === undefined && line[at] === '#') break
    const parts = token.exec(line)?.groups
    if (parts === undefined) throw notClosed(line, at)
    const { space, operator, single, double, escaped, plain } = parts
    if (operator !== undefined) {
      throw new UsageError(`${quoted(operator)} at column ${at + 1} needs a shell: quote it, or write sh -c '...'`)
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

function notClosed(line: string, at: number): UsageError {
  if (line[at] === '\\') return new UsageError('nothing follows the backslash at the end: a command is one line')
  return new UsageError(`the ${String(line[at])} at column ${at + 1} is not closed`)
}
