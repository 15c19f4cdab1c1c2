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

const npx = ['npx', '-y', '-p']
const runtimes = [
  { name: `this machine's Node`, command: [process.execPath] },
  { name: 'node@20.19', command: [...npx, 'node@20.19', 'node'] },
  { name: 'node@22', command: [...npx, 'node@22', 'node'] },
  { name: 'node@24', command: [...npx, 'node@24', 'node'] },
  { name: 'node@26', command: [...npx, 'node@26', 'node'] },
  { name: 'bun@1.4', command: [...npx, 'bun@1.4', 'bun', 'run'] },
  { name: 'deno@2.9', command: [...npx, 'deno@2.9', 'deno', 'run', '-A'] },
]
// The first also fetches the runtime. The second tells on stderr of each case as it begins, and gives up a case after 30 s;
// silence that is longer means that a case holds up everything, also the clock.
const checks = [
  { file: 'smoke.mjs', silentMs: 300_000 },
  { file: 'runtimes/cases.mjs', silentMs: 40_000 },
]
const isWindows = process.platform === 'win32'
// The cases look into /proc.
if (process.platform !== 'linux') checks.pop()

/** Runs it in a group of its own, to be ended as a whole. @type {(command: string[], cwd: string, silentMs: number) => Promise<{ code: number | null, output: string }>} */
async function execute([file = '', ...args], cwd, silentMs) {
  const isScript = isWindows && file === 'npx'
  const child = spawn(file, args, { cwd, shell: isScript, detached: !isWindows, stdio: ['ignore', 'pipe', 'pipe'] })
  let isSilent = false
  const timer = setTimeout(() => {
    isSilent = true
    if (child.pid === undefined || isWindows) child.kill()
    else process.kill(-child.pid, 'SIGKILL')
  }, silentMs)
  child.stderr.on('data', () => timer.refresh())
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  clearTimeout(timer)
  if (code === 0) return { code, output: output.trim() }
  const last = errors
    .trim()
    .split('\n')
    .slice(isSilent ? -1 : -15)
  const why = isSilent ? `failed: nothing for ${silentMs / 1000} s, the last was:` : 'failed'
  return { code, output: [why, output.trim(), ...last].filter((part) => part !== '').join('\n') }
}

const packed = await installPacked()
let passed = 0
let failed = 0
try {
  const here = fileURLToPath(new URL('.', import.meta.url))
  await copyFile(join(here, 'smoke.mjs'), join(packed.folder, 'smoke.mjs'))
  await cp(join(here, 'runtimes'), join(packed.folder, 'runtimes'), { recursive: true })
  for (const { name, command } of runtimes) {
    for (const { file, silentMs } of checks) {
      const { code, output } = await execute([...command, file], packed.folder, silentMs)
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
