import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { findChromium, howToGetChromium } from './find-chromium.mjs'

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

function installChromium() {
  const isRoot = process.getuid?.() === 0
  if (!isRoot || !existsSync('/usr/bin/apt-get')) fail(howToGetChromium)
  console.log('No Chromium found for the browser tests: installing it')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const installed =
    succeeds('apt-get', ['-q', 'update'], env) &&
    succeeds('apt-get', ['-q', 'install', '-y', '--no-install-recommends', 'chromium'], env)
  if (!installed || findChromium(process.env, existsSync) === undefined) fail(howToGetChromium)
}

if (!isInstalled()) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  if (!succeeds(npm, ['ci', '--no-audit', '--no-fund'])) fail('npm ci failed, see above')
}
if (process.argv.includes('--browser') && findChromium(process.env, existsSync) === undefined) {
  // A path that was named and is wrong is for whoever named it to put right.
  if ((process.env.CHROMIUM ?? '') !== '') fail(`CHROMIUM names ${process.env.CHROMIUM}, which does not exist`)
  installChromium()
}
