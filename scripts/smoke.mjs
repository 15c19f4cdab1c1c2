// Run inside a folder into which the packed packages were installed, by any runtime: uses both entry points for real.
import { merge } from 'rivulet'
import { run, supervisorStatus } from 'rivulet/process'

/** @type {(what: string, seen: unknown, wanted: unknown) => void} */
function expect(what, seen, wanted) {
  const [left, right] = [JSON.stringify(seen), JSON.stringify(wanted)]
  if (left !== right) throw new Error(`${what}: ${left} instead of ${right}`)
}

/** @type {string[]} */
const words = []
for await (const word of merge([['a', 'b'], ['1']])) words.push(word)
expect('merge', words, ['a', '1', 'b'])

/** @type {string[]} */
const lines = []
for await (const [name, line] of run('npm', ['--version']).lines()) lines.push(name, line)
expect('run', lines[0], 'stdout')

const supervisor = supervisorStatus()
const hasOne = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch)
if (hasOne && !supervisor.available) throw new Error(supervisor.reason)

console.log(`ok on ${globalThis.navigator?.userAgent ?? `Node.js/${process.versions.node}`}`)
