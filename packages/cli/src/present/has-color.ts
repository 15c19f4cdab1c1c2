import type { PresenterStyle } from './presenter-style.ts'

/**
 * Whether colours are shown at a place. The option decides; without it `NO_COLOR`, then `FORCE_COLOR` (`0` and `false` are
 * no), each where it is not empty; else it is whether that place is a terminal that is not dumb.
 */
export function hasColor({ format, color, env }: PresenterStyle, isTerminal: boolean): boolean {
  if (format !== 'text') return false
  if (color !== 'auto') return color === 'always'
  if (isGiven(env.NO_COLOR)) return false
  if (isGiven(env.FORCE_COLOR)) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false'
  return isTerminal && env.TERM !== 'dumb'
}

function isGiven(variable: string | undefined): boolean {
  return variable !== undefined && variable !== ''
}
