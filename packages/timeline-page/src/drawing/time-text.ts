const dayMs = 86_400_000

/** How many decimals of a second it takes to tell marks at this distance apart. */
function decimalsFor(stepMs: number): number {
  if (stepMs >= 1000) return 0
  if (stepMs >= 100) return 1
  return stepMs >= 10 ? 2 : 3
}

const twoDigits = (count: number): string => String(count).padStart(2, '0')

/** A time since the start of the record, as exact as the step between marks requires: `8.25 s`, `3:08`, `1:03:08.250`. */
export function elapsedText(ms: number, stepMs: number): string {
  if (ms < 0) return `−${elapsedText(-ms, stepMs)}`
  if (stepMs >= dayMs) return `${Math.round(ms / dayMs)} d`
  const decimals = decimalsFor(stepMs)
  // Rounded first, so that 59,999.6 ms is not shown as `60.000 s`.
  const whole = Math.round(ms / 10 ** (3 - decimals)) * 10 ** (3 - decimals)
  const seconds = Math.floor(whole / 1000)
  const fraction =
    decimals === 0
      ? ''
      : `.${String(whole % 1000)
          .padStart(3, '0')
          .slice(0, decimals)}`
  if (seconds < 60) return `${seconds}${fraction} s`
  const minutes = Math.floor(seconds / 60)
  const rest = `${twoDigits(seconds % 60)}${fraction}`
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${rest}`
}

/** How long something took: `340 ms`, `8.2 s`, `48 s`, `3 min 8 s`, `5 h 2 min`, `2 d 3 h`. */
export function durationText(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return twoUnits(seconds, 60, 'min', 's')
  const minutes = Math.round(seconds / 60)
  return minutes < 24 * 60 ? twoUnits(minutes, 60, 'h', 'min') : twoUnits(Math.round(minutes / 60), 24, 'd', 'h')
}

function twoUnits(count: number, size: number, large: string, small: string): string {
  const rest = count % size
  return `${Math.floor(count / size)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`
}
