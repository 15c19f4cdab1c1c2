/** A text to be placed, measured in pixels. */
export interface Label {
  leftPx: number
  widthPx: number
  /** Whether it is placed before those that are not. */
  isImportant: boolean
}

/** The labels for which there is room: important ones first, then from left to right, at least `gapPx` apart. */
export function placeLabels<T extends Label>(labels: readonly T[], fromPx: number, toPx: number, gapPx: number): T[] {
  const placed: T[] = []
  const isFree = ({ leftPx, widthPx }: Label): boolean =>
    leftPx >= fromPx &&
    leftPx + widthPx <= toPx &&
    placed.every((other) => leftPx + widthPx + gapPx <= other.leftPx || other.leftPx + other.widthPx + gapPx <= leftPx)
  for (const isImportant of [true, false]) {
    for (const label of labels) if (label.isImportant === isImportant && isFree(label)) placed.push(label)
  }
  return placed
}
