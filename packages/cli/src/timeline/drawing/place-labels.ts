/** A text that wants to stand at a place, measured in pixels. */
export interface Label {
  leftPx: number
  widthPx: number
  /** Whether it is to stand there before others are asked. */
  isImportant: boolean
}

/** Those of the labels for which there is room: the important first, then from left to right, none touching another. */
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
