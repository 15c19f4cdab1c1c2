/** How many letters have to be put in, left out, replaced or swapped with their neighbour to make one word of another. */
export function countEdits(from: string, to: string): number {
  const [source, target] = [Array.from(from), Array.from(to)]
  let beforeLast: number[] = []
  let last = Array.from({ length: target.length + 1 }, (_, column) => column)
  for (const [row, letter] of source.entries()) {
    const current = [row + 1]
    for (const [column, wanted] of target.entries()) {
      const replaced = (last[column] ?? 0) + (letter === wanted ? 0 : 1)
      const leftOut = (last[column + 1] ?? 0) + 1
      const putIn = (current[column] ?? 0) + 1
      const isSwap = row > 0 && column > 0 && letter === target[column - 1] && source[row - 1] === wanted
      const swapped = isSwap ? (beforeLast[column - 1] ?? 0) + 1 : Infinity
      current.push(Math.min(replaced, leftOut, putIn, swapped))
    }
    beforeLast = last
    last = current
  }
  return last[target.length] ?? 0
}
