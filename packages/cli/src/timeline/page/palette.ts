const names = ['paper', 'ink', 'muted', 'grid', 'base', 'out', 'err', 'fail', 'tint', 'focus'] as const

/** The colours of the style sheet, for what is painted. */
export type Palette = Record<(typeof names)[number], string>

/** Reads them as they are now: the scheme may change. */
export function readPalette(page: Document): Palette {
  const probe = page.createElement('span')
  // It is for a canvas, whose colours nobody forces.
  probe.style.forcedColorAdjust = 'none'
  page.body.append(probe)
  const colorOf = (name: string): string => {
    probe.style.color = `var(--${name})`
    return getComputedStyle(probe).color
  }
  const palette = Object.fromEntries(names.map((name) => [name, colorOf(name)])) as Palette
  probe.remove()
  return palette
}
