import { niceDurationMs } from '../drawing/nice-duration.ts'
import { elapsedText } from '../drawing/time-text.ts'
import type { Palette } from './palette.ts'
import type { Surface } from './surface.ts'
import type { Viewport } from './viewport.ts'

const leastStepPx = 88

/** The round times at which grid lines run through the rows. */
export function axisTimes(
  viewport: Viewport,
  durationMs: number,
  widthPx: number,
): { stepMs: number; times: number[] } {
  const stepMs = niceDurationMs((viewport.spanMs * leastStepPx) / widthPx)
  const times: number[] = []
  const toMs = Math.min(viewport.toMs, durationMs)
  for (let ms = Math.max(0, Math.ceil(viewport.fromMs / stepMs)) * stepMs; ms <= toMs; ms += stepMs) times.push(ms)
  return { stepMs, times }
}

/** Paints the times above the rows, and a marker at the time of the lines that are being read. */
export function paintAxis(
  surface: Surface,
  palette: Palette,
  viewport: Viewport,
  durationMs: number,
  readingMs: number | undefined,
): void {
  surface.clear()
  const { widthPx, heightPx, context } = surface
  const { stepMs, times } = axisTimes(viewport, durationMs, widthPx)
  for (const ms of times) {
    const text = elapsedText(ms, stepMs)
    const x = viewport.xOf(ms, widthPx)
    const halfPx = surface.widthOf(text) / 2
    const inside = Math.min(Math.max(x, halfPx + 2), widthPx - halfPx - 2)
    surface.text(text, inside, heightPx / 2 - 2, palette.muted, 'center')
    surface.line(x, heightPx - 5, x, heightPx, palette.base)
  }
  if (readingMs === undefined) return
  const x = viewport.xOf(readingMs, widthPx)
  context.fillStyle = palette.focus
  context.beginPath()
  for (const [sideX, y] of [
    [-5, -7],
    [5, -7],
    [0, 0],
  ] as const)
    context.lineTo(x + sideX, heightPx + y)
  context.fill()
}
