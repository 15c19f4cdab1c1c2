import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { platforms, whyNotPublishable } from './supervisor-binary.mjs'

const packages = fileURLToPath(new URL('../packages', import.meta.url))
const execute = promisify(execFile)

/**
 * Packs what was built, each package as it is to be published.
 *
 * @typedef {{ name: string, path: string, isPlatform: boolean }} Packed
 * @typedef {{ name: string, reason: string }} Missing
 * @param {string} out
 * @returns {Promise<{ packed: Packed[], missing: Missing[] }>}
 */
export async function packPackages(out) {
  await mkdir(out, { recursive: true })
  const packed = []
  for (const name of ['rivulet', 'cli']) packed.push({ ...(await pack(join(packages, name), out)), isPlatform: false })
  const missing = []
  for (const platform of platforms) {
    const reason = await whyNotPublishable(join(packages, 'supervisor'), platform)
    if (reason !== undefined) missing.push({ name: `@rivulet/supervisor-${platform.name}`, reason })
    else packed.push({ ...(await packPlatform(platform, out)), isPlatform: true })
  }
  return { packed, missing }
}

/**
 * The repository's own manifest does not name its platform: npm would refuse the workspace on any other.
 *
 * @param {typeof platforms[number]} platform
 * @param {string} out
 */
async function packPlatform({ name, os, cpu }, out) {
  const staged = await mkdtemp(join(tmpdir(), 'rivulet-staged-'))
  try {
    await cp(join(packages, 'supervisor', name), staged, { recursive: true })
    await chmod(join(staged, 'bin/rivulet-supervisor'), 0o755)
    // Without the script that refuses a packing by hand.
    const manifest = { ...(await manifestOf(staged)), scripts: undefined, os: [os], cpu: [cpu] }
    await writeFile(join(staged, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
    return await pack(staged, out)
  } finally {
    await rm(staged, { recursive: true, force: true })
  }
}

/** @type {(folder: string, out: string) => Promise<{ name: string, path: string }>} */
async function pack(folder, out) {
  const { name, version } = await manifestOf(folder)
  // On Windows npm is a script that only a shell can start.
  const shell = process.platform === 'win32'
  await execute('npm', ['pack', '--workspaces=false', '--pack-destination', out], { cwd: folder, shell })
  return { name, path: join(out, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`) }
}

/** @type {(folder: string) => Promise<{ name: string, version: string }>} */
async function manifestOf(folder) {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
}
