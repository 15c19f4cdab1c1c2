// `npm run bench -- [--quick] [--only=<pattern>] [--check] [--save=<name>]`
import { mkdir, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { describeMachine } from './lib/machine.mjs'
import { loadCases } from './lib/load-cases.mjs'
import { removeLogFiles } from './lib/log-file.mjs'
import { runPair } from './lib/run-pair.mjs'
import { markdown, misses } from './lib/table.mjs'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    save: { type: 'string' },
  },
})

const pace = options.quick
  ? { isQuick: true, roundMs: 10, budgetMs: 600, leastRounds: 5, mostRounds: 25 }
  : { isQuick: false, roundMs: 25, budgetMs: 6000, leastRounds: 11, mostRounds: 101 }

const pattern = new RegExp(options.only, 'i')
const ours = 'rivulet'
const results = []
for (const { file, work, per, target, unit, baseline, contenders } of await loadCases()) {
  for (const { name, weaker } of contenders) {
    if (options.check && name !== ours) continue
    if (!pattern.test(`${file} ${work} ${name}`)) continue
    const measured = await runPair({ file, work, contender: name, pace })
    const result = {
      file,
      work,
      per,
      unit,
      over: baseline?.name,
      target: name === ours ? target : undefined,
      name,
      weaker,
    }
    results.push({ ...result, ...measured })
    console.error(`${file} | ${work} | ${name}: ${measured.error ?? measured.median.toFixed(3)}`)
  }
}

removeLogFiles()
const folder = new URL('results/', import.meta.url)
await mkdir(folder, { recursive: true })
const started = new Date().toISOString()
const path = new URL(`${options.save ?? started.replaceAll(':', '-')}.json`, folder)
await writeFile(path, `${JSON.stringify({ started, machine: describeMachine(), pace, results }, undefined, 2)}\n`)
console.log(markdown(results))
console.error(`Written to ${path.pathname}`)
if (options.check) {
  const missed = misses(results)
  console.log(missed === '' ? 'Every target is met.' : `Misses:\n\n${missed}`)
  process.exitCode = missed === '' ? 0 : 1
}
