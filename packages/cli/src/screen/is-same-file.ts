import { fstatSync } from 'node:fs'

/** Whether two descriptors end at the same terminal, file, pipe or socket, so that what is written to them is one text. */
export function isSameFile(one: number, other: number): boolean {
  const [a, b] = [fstatSync(one), fstatSync(other)]
  // One terminal may have several names, such as /dev/tty1 in two containers; its device is the same.
  if (a.isCharacterDevice() && b.isCharacterDevice()) return a.rdev === b.rdev
  return a.dev === b.dev && a.ino === b.ino
}
