import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const dist = fileURLToPath(new URL('../../packages/cli/dist', import.meta.url))
const load = (name) => `require(${JSON.stringify(join(dist, name))})\n`

/** Starts Node with a script, one time after the other: of CommonJS, the kind of module that Node starts fastest. */
const starts = (name, script) => ({
  name,
  prepare: () => {
    const folder = mkdtempSync(join(tmpdir(), 'rivulet-bench-'))
    process.on('exit', () => rmSync(folder, { recursive: true }))
    const path = join(folder, 'script.cjs')
    writeFileSync(path, script)
    return (times) => {
      for (let i = 0; i < times; i++) {
        const { status } = spawnSync(process.execPath, [path, '--version'], { stdio: 'ignore' })
        if (status !== 0) throw new Error(`${name} exited with ${status}`)
      }
    }
  },
})

const row = (work, script) => ({
  work,
  target: 1.3,
  items: 5,
  quickItems: 2,
  baseline: starts('an empty script', ''),
  contenders: [starts('rivulet', script)],
})

/** What the command costs before it does anything. */
export const rows = [
  row('`rivulet --version`', load('main.js')),
  row('`rivulet --version`, with all that `rivulet run` loads', load('run-command.js') + load('main.js')),
]
