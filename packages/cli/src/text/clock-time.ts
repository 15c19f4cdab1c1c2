const twoDigits = (count: number): string => String(count).padStart(2, '0')

/** A length of time, or a time of day as one since midnight, to the millisecond: `00:00:02.500`, `100:00:01.999`. */
export function clockTime(ms: number): string {
  const whole = Math.floor(ms)
  const [hours, minutes, seconds] = parts(Math.floor(whole / 1000))
  return `${twoDigits(hours)}:${twoDigits(minutes)}:${twoDigits(seconds)}.${String(whole % 1000).padStart(3, '0')}`
}

/** A length of time to the second, as short as it can be: `0:07`, `12:34`, `1:02:03`. */
export function shortClockTime(ms: number): string {
  const [hours, minutes, seconds] = parts(Math.floor(ms / 1000))
  const rest = twoDigits(seconds)
  return hours === 0 ? `${minutes}:${rest}` : `${hours}:${twoDigits(minutes)}:${rest}`
}

function parts(seconds: number): [hours: number, minutes: number, seconds: number] {
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
}
