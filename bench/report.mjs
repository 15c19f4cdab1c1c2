// `node bench/report.mjs <result.json>...` takes what was measured in one or more runs, the last run of a pair counts, prints
// the table, and draws the figures and writes the table of the README.
import { readFileSync, writeFileSync } from 'node:fs'
import { plot } from './lib/plot.mjs'
import { summary } from './lib/summary.mjs'
import { markdown } from './lib/table.mjs'

const runs = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, 'utf8')))
const latest = new Map()
for (const { results } of runs)
  for (const result of results) latest.set(`${result.file} ${result.work} ${result.name}`, result)
const results = [...latest.values()]

for (const theme of ['light', 'dark']) {
  writeFileSync(new URL(`../docs/figures/bench-${theme}.svg`, import.meta.url), plot(results, theme))
}
const readme = new URL('../README.md', import.meta.url)
const text = readFileSync(readme, 'utf8')
writeFileSync(
  readme,
  text.replace(
    /(<!-- bench -->\n)[^]*(<!-- \/bench -->)/,
    (_, begin, end) => `${begin}\n${summary(results)}\n\n${end}`,
  ),
)
console.log(`${summary(results)}\n\n${markdown(results)}`)
