import { countEdits } from './count-edits.ts'

/** A beginning that is shorter could be anything's. */
const shortestBeginning = 3

/**
 * The word that was most likely meant: the one with the fewest edits, at most one for every three letters of the longer;
 * else the only one that begins so. Undefined where there is none.
 */
export function nearest(given: string, words: readonly string[]): string | undefined {
  let found: string | undefined
  let fewest = Infinity
  for (const word of words) {
    const mostEdits = Math.floor(Math.max(given.length, word.length) / 3)
    // Longer by more than that, it needs more edits: nothing has to be counted.
    if (Math.abs(given.length - word.length) > mostEdits) continue
    const edits = countEdits(given, word)
    if (edits > mostEdits || edits >= fewest) continue
    found = word
    fewest = edits
  }
  if (found !== undefined || given.length < shortestBeginning) return found
  const begun = words.filter((word) => word.startsWith(given))
  return begun.length === 1 ? begun[0] : undefined
}
