// Packs all that is published into files that npm can install or publish. Platforms whose compiler is not here are named;
// with `--require-all` that fails, for whoever publishes.
import { spawnSync } from 'node:child_process'
import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { packPackages } from './pack-packages.mjs'
import { platforms } from './supervisor-binary.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: { out: { type: 'string', default: 'packed' }, 'require-all': { type: 'boolean', default: false } },
})

for (const { name } of platforms) {
  // What it cannot build, it says; what is then missing is told below.
  spawnSync(process.execPath, ['packages/supervisor/build.mjs', `--target=${name}`], { cwd: root, stdio: 'inherit' })
}
const out = resolve(process.env.INIT_CWD ?? '.', values.out)
const { packed, missing } = await packPackages(out)
for (const { name, path } of packed) console.log(`packed ${name}: ${relative(process.cwd(), path)}`)
for (const { name, reason } of missing) console.log(`not packed ${name}: ${reason}`)
if (missing.length > 0 && values['require-all']) process.exitCode = 1
