import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium, howToGetChromium } from './find-chromium.mjs'
import { howToGet, tools } from './tools.mjs'

// Runs before anything is installed: Node's own modules only.
const root = fileURLToPath(new URL('..', import.meta.url))

/** @type {(command: string, args: string[], env?: NodeJS.ProcessEnv) => boolean} */
const succeeds = (command, args, env = process.env) =>
  spawnSync(command, args, { cwd: root, env, stdio: 'inherit' }).status === 0

/** @type {(reason: string) => never} */
function fail(reason) {
  console.error(reason)
  process.exit(1)
}

function isInstalled() {
  // npm writes this file last, so a cut-off install does not count as one.
  const installed = `${root}node_modules/.package-lock.json`
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs
}

/** @type {(name: string) => boolean} */
const isOnPath = (name) => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))

const isForCi = process.argv.includes('--ci')

/** @type {() => { wanted: string[], how: string[] }} */
function findMissing() {
  const absent = tools.filter(({ name, isForTests }) => (isForTests || isForCi) && !isOnPath(name))
  const wanted = absent.flatMap(({ packages }) => packages)
  const how = absent.map((tool) => `The checks need ${howToGet(tool)}`)
  if (findChromium(process.env, existsSync) === undefined) {
    wanted.push('chromium')
    how.push(howToGetChromium)
  }
  return { wanted, how }
}

function installTools() {
  const { wanted, how } = findMissing()
  if (wanted.length === 0) return
  const isRoot = process.getuid?.() === 0
  if (!isRoot || !existsSync('/usr/bin/apt-get')) fail(how.join('\n'))
  console.log(`Installing what the checks need: ${wanted.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const installed =
    succeeds('apt-get', ['-q', 'update'], env) &&
    succeeds('apt-get', ['-q', 'install', '-y', '--no-install-recommends', ...wanted], env)
  if (!installed || findMissing().wanted.length > 0) fail(how.join('\n'))
}

if (!isInstalled()) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  if (!succeeds(npm, ['ci', '--no-audit', '--no-fund'])) fail('npm ci failed, see above')
}
if (isForCi || process.argv.includes('--tests')) {
  const named = process.env.CHROMIUM ?? ''
  // A path that was named and is wrong is for whoever named it to put right.
  if (named !== '' && !existsSync(named)) fail(`CHROMIUM names ${named}, which does not exist`)
  installTools()
}
