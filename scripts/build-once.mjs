import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Some tests use what was built, and would otherwise judge an older build than the sources beside it. */
export default function setup() {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const builds = [
    ['node_modules/typescript/bin/tsc', '-b'],
    ['packages/supervisor/build.mjs'],
    ['packages/timeline-page/build.mjs'],
    ['scripts/build-cli.mjs'],
  ]
  for (const build of builds) execFileSync(process.execPath, build, { cwd: root, stdio: 'inherit' })
}
