/** What differs from run to run, and what stands for it in a comparison. */
const varying: readonly (readonly [RegExp, string])[] = [
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'DATE'],
  [/\b\d\d:\d\d:\d\d\.\d{3}\b/g, 'TIME'],
  [/ *\+\d+\.\d{3}\b/g, 'DELTA'],
  [/"(t|pid)":\d+/g, '"$1":N'],
  [/\[\d+\]/g, '[PID]'],
  [/"run":"[\da-f-]{36}"/g, '"run":"ID"'],
]

/**
 * Printed lines, as they are compared. In any order, each stream of each command has its own order still: of the lines
 * that have the same mark.
 */
export function comparable(lines: readonly string[], isAnyOrder: boolean): string[] {
  const steady = lines.map((line) => varying.reduce((text, [found, stands]) => text.replaceAll(found, stands), line))
  if (!isAnyOrder) return steady
  const marks = steady.map(markOf)
  return [...new Set(marks)].toSorted().flatMap((mark) => steady.filter((_, at) => marks[at] === mark))
}

function markOf(line: string): string {
  return /^(.*?) ?[|+:] /.exec(line)?.[1] ?? ''
}
