/** A whole number with grouped thousands, and the noun in singular or plural: `1,204 lines`. */
export function countText(count: number, noun: string): string {
  return `${groupedText(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** A whole number with grouped thousands: `1,204`. */
export function groupedText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}
