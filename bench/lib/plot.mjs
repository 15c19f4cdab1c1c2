const themes = {
  light: { text: '#1f2328', faint: '#6a737d', line: '#d8dee4', peer: '#9aa4af', ours: '#0b7285' },
  dark: { text: '#e6edf3', faint: '#8b949e', line: '#30363d', peer: '#6e7681', ours: '#3bc9db' },
}

const [left, right, top, rowHeight] = [400, 24, 58, 24]
const width = 920

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('`', '')

/** Where a ratio lies, from a quarter on: each doubling has the same width. */
function scaleTo(most) {
  const most2 = Math.ceil(Math.log2(most))
  const ticks = Array.from({ length: most2 + 3 }, (_, at) => 2 ** (at - 2))
  const x = (ratio) => left + ((Math.log2(Math.max(ratio, 0.25)) + 2) / (most2 + 2)) * (width - left - right)
  return { ticks, x }
}

const fractions = { 0.25: '¼', 0.5: '½' }

/** Works in the order in which they were measured, each with what everyone reached. */
function worksOf(results) {
  const works = new Map()
  for (const result of results) {
    if (result.error !== undefined || result.over === undefined) continue
    const of = works.get(result.work) ?? { work: result.work, over: result.over, ours: undefined, peers: [] }
    if (result.name.startsWith('rivulet')) of.ours ??= result.median
    else of.peers.push(result)
    works.set(result.work, of)
  }
  return [...works.values()].filter(({ ours }) => ours !== undefined)
}

/** A picture of what everyone took, over the baseline of each work, on a scale on which each step is twice the one before. */
export function plot(results, theme) {
  const works = worksOf(results)
  const color = themes[theme]
  const most = Math.max(...works.flatMap(({ ours, peers }) => [ours, ...peers.map(({ median }) => median)]))
  const { ticks, x } = scaleTo(most)
  const height = top + works.length * rowHeight + 16
  const bottom = height - 12
  const parts = ticks.map(
    (tick) =>
      `<line x1="${x(tick).toFixed(1)}" x2="${x(tick).toFixed(1)}" y1="${top - 14}" y2="${bottom}" stroke="${color.line}"${tick === 1 ? ' stroke-width="2"' : ''}/>` +
      `<text x="${x(tick).toFixed(1)}" y="${top - 20}" fill="${color.faint}" text-anchor="middle" font-size="11">${fractions[tick] ?? tick}</text>`,
  )
  for (const [at, { work, ours, peers }] of works.entries()) {
    const y = top + at * rowHeight
    parts.push(
      `<text x="${left - 16}" y="${y + 4}" fill="${color.text}" text-anchor="end">${escape(work)}</text>`,
      ...peers.map(
        ({ name, median }) =>
          `<circle cx="${x(median).toFixed(1)}" cy="${y}" r="4" fill="none" stroke="${color.peer}" stroke-width="1.5"><title>${escape(name)}: ${median.toPrecision(3)}</title></circle>`,
      ),
      `<circle cx="${x(ours).toFixed(1)}" cy="${y}" r="5.5" fill="${color.ours}"><title>rivulet: ${ours.toPrecision(3)}</title></circle>`,
    )
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="system-ui, sans-serif" font-size="12.5">
<title>What Rivulet and its peers take, as multiples of each work’s baseline</title>
<circle cx="${left + 6}" cy="14" r="5.5" fill="${color.ours}"/><text x="${left + 18}" y="18" fill="${color.text}">Rivulet</text>
<circle cx="${left + 90}" cy="14" r="4" fill="none" stroke="${color.peer}" stroke-width="1.5"/><text x="${left + 102}" y="18" fill="${color.text}">a peer</text>
<text x="${left - 16}" y="${top - 20}" fill="${color.faint}" text-anchor="end" font-size="11">times the baseline, less is better</text>
${parts.join('\n')}
</svg>
`
}
