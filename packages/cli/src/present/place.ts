import type { PresenterStyle } from './presenter-style.ts'

/** Where a stream is displayed, and what may be written there. */
export interface Place {
  to: 'stdout' | 'stderr'
  /** Whether a line can be written over, as on a terminal. */
  isRedrawable: boolean
  /** Whether our marks have colours. */
  isColored: boolean
  /** Whether the program's colours are kept. */
  isStyled: boolean
}

/** The place where a stream is displayed. */
export function placeOf(stream: 'stdout' | 'stderr', style: PresenterStyle): Place {
  const to = style.to === 'stdout' ? 'stdout' : stream
  const isTerminal = to === 'stdout' ? style.isStdoutTerminal : style.isStderrTerminal
  const isColored = hasColor(style, isTerminal)
  const isText = style.format === 'text'
  return {
    to,
    isRedrawable: isText && isTerminal,
    isColored,
    isStyled: isColored || (isText && style.ansi === 'pass'),
  }
}

/**
 * Whether a place has colours. The option decides; without it `NO_COLOR`, then `FORCE_COLOR` (`0` and `false` mean no), each if
 * it is not empty; otherwise whether the place is a terminal that is not dumb.
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
