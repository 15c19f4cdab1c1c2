import { hasColor } from './has-color.ts'
import type { PresenterStyle } from './presenter-style.ts'

/** Where a stream is shown, and what may be shown there. */
export interface Place {
  to: 'stdout' | 'stderr'
  /** Whether a line can be written over, as at a terminal. */
  isRedrawable: boolean
  /** Whether our marks have colours. */
  isColored: boolean
  /** Whether the colours of the program pass. */
  isStyled: boolean
}

/** The place where a stream is shown. */
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
