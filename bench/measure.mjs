// One pair in a process of its own: `node measure.mjs <settings as JSON>` sends what it measured to its parent.
import { loadCase } from './lib/load-cases.mjs'
import { measurePair } from './lib/rounds.mjs'

const { file, work, contender, pace } = JSON.parse(process.argv[2])

/** What a side runs, with a copy of everything that a loop is made of. */
async function prepare(name, copy) {
  const row = (await loadCase(file, copy)).find((one) => one.work === work)
  const side = [row.baseline, ...row.contenders].find((one) => one?.name === name)
  return { row, run: await side.prepare(await import(`./lib/kit.mjs?${copy}`)) }
}

const listed = (await loadCase(file)).find((one) => one.work === work)
const sides = listed.baseline === undefined ? [] : [await prepare(listed.baseline.name, 'baseline')]
sides.push(await prepare(contender, 'contender'))
process.send(
  await measurePair(
    sides.map(({ run }) => run),
    listed,
    pace,
  ),
  () => process.exit(),
)
