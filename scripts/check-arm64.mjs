// Builds the supervisor for arm64 on another machine and has it judge itself under emulation. Not a part of `npm run check`,
// since it needs a cross compiler and an emulator.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { platforms, whyNotPublishable } from './supervisor-binary.mjs'
import { howToGet, tools } from './tools.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const supervisor = join(root, 'packages/supervisor')
const target = 'linux-arm64'
const emulator = 'qemu-aarch64-static'
// The user emulator refuses PR_SET_CHILD_SUBREAPER without asking the system. What is tried before was tried then: that the
// binary starts, packet-mode pipes of a page, edges of epoll and signal files.
const refusedByEmulator = 'rivulet-supervisor: this system has no subreapers: Invalid argument'

/** @type {(reason: string) => never} */
function fail(reason) {
  console.error(reason)
  process.exit(1)
}

/** @type {(command: string, ...args: string[]) => { status: number | null, output: string }} */
function execute(command, ...args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: 'utf8', timeout: 60_000 })
  return { status, output: error === undefined ? `${stdout}${stderr}`.trim() : error.message }
}

for (const needed of ['aarch64-linux-gnu-gcc', emulator]) {
  if (execute(needed, '--version').status === 0) continue
  const tool = tools.find(({ name }) => name === needed)
  fail(tool === undefined ? `No ${needed} for this system` : `There is no ${howToGet(tool)}`)
}
const platform = platforms.find(({ name }) => name === target) ?? fail(`There is no platform ${target}`)
const built = execute(process.execPath, 'packages/supervisor/build.mjs', `--target=${target}`)
console.log(built.output)
if (built.status !== 0) fail('It does not compile without warnings')
const reason = await whyNotPublishable(supervisor, platform)
if (reason !== undefined) fail(reason)
const probe = execute(emulator, join(supervisor, target, 'bin/rivulet-supervisor'), '--probe')
if (probe.output === refusedByEmulator)
  console.log('The probe passes as far as the emulator lets it: it has no subreapers')
else if (probe.status === 0 && probe.output === 'rivulet-supervisor 1') console.log('The probe passes')
else fail(`The probe fails: ${probe.output}`)
