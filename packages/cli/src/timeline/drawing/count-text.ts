/** A whole number with its thousands apart, and the noun in its number: `1,204 lines`. */
export function countText(count: number, noun: string): string {
  return `${groupedText(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** A whole number with its thousands apart. */
export function groupedText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}
