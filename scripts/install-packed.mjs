import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
const execute = promisify(execFile)

/**
 * Packs the packages as they would be published and installs them into an empty folder. The registry is not asked:
 * whatever a package needed beside the others here would fail the install.
 *
 * @returns {Promise<{ folder: string, tarballs: string[] } & AsyncDisposable>}
 */
export async function installPacked() {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'rivulet-packed-')))
  const folder = join(home, 'consumer')
  const packed = join(home, 'packed')
  await mkdir(folder)
  await mkdir(packed)
  await npm(root, 'pack', '--workspaces', '--pack-destination', packed)
  const tarballs = (await readdir(packed)).map((name) => join(packed, name))
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  await npm(folder, 'install', '--offline', '--no-audit', '--no-fund', ...tarballs)
  return { folder, tarballs, [Symbol.asyncDispose]: () => rm(home, { recursive: true, force: true }) }
}

/** @type {(cwd: string, ...args: string[]) => Promise<unknown>} */
function npm(cwd, ...args) {
  // On Windows npm is a script that only a shell can start.
  return execute('npm', args, { cwd, shell: process.platform === 'win32' })
}
