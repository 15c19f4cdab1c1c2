/** A shorter beginning could be meant for anything. */
const minBeginning = 3

/**
 * The word that was most likely meant: the one with the fewest edits, at most one for every three letters of the longer;
 * otherwise the only one that begins so. Undefined if there is none.
 */
export function nearest(given: string, words: readonly string[]): string | undefined {
  let found: string | undefined
  let fewest = Infinity
  for (const word of words) {
    const maxEdits = Math.floor(Math.max(given.length, word.length) / 3)
    // Longer by more than that, it needs more edits: there is nothing to count.
    if (Math.abs(given.length - word.length) > maxEdits) continue
    const edits = countEdits(given, word)
    if (edits > maxEdits || edits >= fewest) continue
    found = word
    fewest = edits
  }
  if (found !== undefined || given.length < minBeginning) return found
  const begun = words.filter((word) => word.startsWith(given))
  return begun.length === 1 ? begun[0] : undefined
}

/** How many letters have to be inserted, deleted, replaced or swapped with their neighbour to turn one word into another. */
export function countEdits(from: string, to: string): number {
  const [source, target] = [Array.from(from), Array.from(to)]
  let beforeLast: number[] = []
  let last = Array.from({ length: target.length + 1 }, (_, column) => column)
  for (const [row, letter] of source.entries()) {
    const current = [row + 1]
    for (const [column, wanted] of target.entries()) {
      const replaced = (last[column] ?? 0) + (letter === wanted ? 0 : 1)
      const deleted = (last[column + 1] ?? 0) + 1
      const inserted = (current[column] ?? 0) + 1
      const isSwap = row > 0 && column > 0 && letter === target[column - 1] && source[row - 1] === wanted
      const swapped = isSwap ? (beforeLast[column - 1] ?? 0) + 1 : Infinity
      current.push(Math.min(replaced, deleted, inserted, swapped))
    }
    beforeLast = last
    last = current
  }
  return last[target.length] ?? 0
}
