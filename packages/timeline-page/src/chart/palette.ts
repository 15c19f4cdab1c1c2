const names = ['paper', 'ink', 'muted', 'grid', 'base', 'out', 'err', 'fail', 'tint', 'focus'] as const

/** The colours of the style sheet, for painting on a canvas. */
export type Palette = Record<(typeof names)[number], string>

/** Reads the colours of the scheme that the page has now. */
export function readPalette(page: Document): Palette {
  const probe = page.createElement('span')
  // A forced-colours mode does not touch what is painted on a canvas.
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
