// Imports and uses the packed packages under every runtime that is promised, and holds the program runner to its promises
// there. Not a part of `npm run check`, since it fetches each runtime from the registry.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, cp } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { clearTimeout, setTimeout } from 'node:timers'
import { fileURLToPath } from 'node:url'
import { installPacked } from './install-packed.mjs'

const runtimes = [
  { name: 'node@20.19', command: ['node'] },
  { name: 'node@22', command: ['node'] },
  { name: 'node@24', command: ['node'] },
  { name: 'node@26', command: ['node'] },
  { name: 'bun@1.4', command: ['bun', 'run'] },
  { name: 'deno@2.9', command: ['deno', 'run', '-A'] },
]
// The cases look into /proc.
const checks = process.platform === 'linux' ? ['smoke.mjs', 'runtimes/cases.mjs'] : ['smoke.mjs']
/** Milliseconds after which a runtime has failed that does not even notice that its case hangs. */
const checkMs = 300_000
const isWindows = process.platform === 'win32'

/** Runs it in a group of its own, to be ended as a whole. @type {(command: string[], cwd: string) => Promise<{ code: number | null, output: string }>} */
async function execute([file = '', ...args], cwd) {
  const child = spawn(file, args, { cwd, shell: isWindows, detached: !isWindows, stdio: ['ignore', 'pipe', 'pipe'] })
  const { pid } = child
  const timer = setTimeout(() => {
    if (pid === undefined || isWindows) child.kill()
    else process.kill(-pid, 'SIGKILL')
  }, checkMs)
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  clearTimeout(timer)
  return { code, output: code === 0 ? output.trim() : `failed\n${output}${errors}`.trim() }
}

const packed = await installPacked()
let passed = 0
let failed = 0
try {
  const here = fileURLToPath(new URL('.', import.meta.url))
  await copyFile(join(here, 'smoke.mjs'), join(packed.folder, 'smoke.mjs'))
  await cp(join(here, 'runtimes'), join(packed.folder, 'runtimes'), { recursive: true })
  for (const { name, command } of runtimes) {
    for (const file of checks) {
      const { code, output } = await execute(['npx', '-y', '-p', name, ...command, file], packed.folder)
      if (code === 0) passed++
      else failed++
      console.log(`${name}, ${file}: ${output}`)
    }
  }
} finally {
  await packed[Symbol.asyncDispose]()
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
