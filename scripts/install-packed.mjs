import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { packPackages } from './pack-packages.mjs'

const execute = promisify(execFile)

/**
 * Packs the packages as they would be published and installs them into an empty folder. The registry is not asked:
 * whatever a package needed beside the others here would fail the install.
 *
 * @param {string[]} options More options for npm's install.
 * @returns {Promise<{ folder: string, tarballs: string[] } & AsyncDisposable>}
 */
export async function installPacked(...options) {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'rivulet-packed-')))
  const folder = join(home, 'consumer')
  await mkdir(folder)
  const { packed } = await packPackages(join(home, 'packed'))
  /** @type {(isPlatform: boolean) => Record<string, string>} */
  const files = (isPlatform) =>
    Object.fromEntries(
      packed.filter((one) => one.isPlatform === isPlatform).map(({ name, path }) => [name, `file:${path}`]),
    )
  const manifest = {
    private: true,
    type: 'module',
    dependencies: files(false),
    // They are optional for whoever installs the library, and npm itself chooses among them.
    optionalDependencies: files(true),
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
  const install = ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', ...options]
  // On Windows npm is a script that only a shell can start.
  await execute('npm', install, { cwd: folder, shell: process.platform === 'win32' })
  const tarballs = packed.map(({ path }) => path)
  return { folder, tarballs, [Symbol.asyncDispose]: () => rm(home, { recursive: true, force: true }) }
}
