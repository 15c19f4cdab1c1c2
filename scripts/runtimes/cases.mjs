// Run on Linux inside a folder into which the packed packages were installed, by any runtime: shows that the program runner
// keeps its promises there. Prints a line for each case that fails, and at the end how many there were and on what. The
// name of each case is written to stderr as it begins, so that whoever started this knows where it stands still.
import { writeSync } from 'node:fs'
import process from 'node:process'
import { clearTimeout, setTimeout } from 'node:timers'
import { orderCases } from './cases-of-order.mjs'
import { parentCases } from './cases-of-parents.mjs'
import { readingCases } from './cases-of-reading.mjs'
import { scopeCases } from './cases-of-scopes.mjs'
import { startingCases } from './cases-of-starting.mjs'
import { stoppingCases } from './cases-of-stopping.mjs'

const caseMs = 30_000
let failed = 0
let hasHung = false

/** @type {(test: () => Promise<unknown>) => Promise<unknown>} */
function withinTime(test) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => {
      hasHung = true
      reject(new Error(`it has not ended after ${caseMs / 1000} s`))
    }, caseMs)
  })
  return Promise.race([test(), late]).finally(() => clearTimeout(timer))
}

/** @type {(name: string, error: unknown) => void} */
function fail(name, error) {
  failed++
  console.log(`failed: ${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
}

process.on('unhandledRejection', (error) => fail('a rejection that nobody handled', error))
process.on('uncaughtException', (error) => fail('an error that nobody caught', error))

const wanted = process.argv[2] ?? ''
const everyCase = {
  ...readingCases,
  ...startingCases,
  ...stoppingCases,
  ...scopeCases,
  ...orderCases,
  ...parentCases,
}
const cases = Object.entries(everyCase).filter(([name]) => name.includes(wanted))
for (const [name, test] of cases) {
  writeSync(2, `${name}\n`)
  await withinTime(test).catch((error) => fail(name, error))
}
const { bun, deno, node } = process.versions
const runtime = bun !== undefined ? `Bun ${bun}` : deno !== undefined ? `Deno ${deno}` : `Node ${node}`
console.log(
  failed === 0 ? `ok ${cases.length} cases on ${runtime}` : `${failed} of ${cases.length} failed on ${runtime}`,
)
// By itself, so that it is seen that nothing is left which keeps a program from ending; what hangs would hold it up.
process.exitCode = failed === 0 ? 0 : 1
if (hasHung) process.exit(1)
