const millisecondsOf = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
])

/** A length of time in milliseconds: `30` and `30s`, `500ms`, `2m`, `1h`; undefined where it is none. */
export function readDuration(text: string): number | undefined {
  const [, number = '', unit = 's'] = /^(\d+(?:\.\d+)?)([a-z]+)?$/.exec(text) ?? []
  const milliseconds = Math.round(Number(number) * (millisecondsOf.get(unit) ?? Number.NaN))
  return number !== '' && Number.isSafeInteger(milliseconds) ? milliseconds : undefined
}
