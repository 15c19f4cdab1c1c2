// Imports and uses the packed packages under the oldest and the newest of every runtime that is promised. Not a part of
// `npm run check`, since it fetches each runtime from the registry.
import { spawnSync } from 'node:child_process'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installPacked } from './install-packed.mjs'

const runtimes = [
  { name: 'node@20.19', command: ['node'] },
  { name: 'node@26', command: ['node'] },
  { name: 'bun@1.4', command: ['bun', 'run'] },
  { name: 'deno@2.9', command: ['deno', 'run', '-A'] },
]

const packed = await installPacked()
let failed = 0
try {
  await copyFile(fileURLToPath(new URL('smoke.mjs', import.meta.url)), join(packed.folder, 'smoke.mjs'))
  for (const { name, command } of runtimes) {
    const result = spawnSync('npx', ['-y', '-p', name, ...command, 'smoke.mjs'], {
      cwd: packed.folder,
      encoding: 'utf8',
      timeout: 300_000,
      shell: process.platform === 'win32',
    })
    const passed = result.status === 0 && result.stdout.startsWith('ok')
    if (!passed) failed++
    console.log(passed ? `${name}: ${result.stdout.trim()}` : `${name}: failed\n${result.stdout}${result.stderr}`)
  }
} finally {
  await packed[Symbol.asyncDispose]()
}
console.log(`${runtimes.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
