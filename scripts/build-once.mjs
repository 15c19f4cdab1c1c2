import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Some tests use the built packages, and would otherwise judge an older build than the sources beside it. */
export default function setup() {
  const root = fileURLToPath(new URL('..', import.meta.url))
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b'], { cwd: root, stdio: 'inherit' })
}
