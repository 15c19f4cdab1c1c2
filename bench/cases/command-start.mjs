import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const dist = fileURLToPath(new URL('../../packages/cli/dist', import.meta.url))
const load = (name) => `require(${JSON.stringify(join(dist, name))})\n`

const common = { seq: 1, t: 1_700_000_000_000 }
/** A run of four events. */
const record = [
  { ...common, type: 'start', v: 1, run: 'r', command: ['make'], pid: 7 },
  { ...common, seq: 2, type: 'output', stream: 'stdout', data: 'one\n' },
  { ...common, seq: 3, type: 'output', stream: 'stderr', data: 'two\n' },
  { ...common, seq: 4, type: 'exit', code: 0, signal: null, reason: 'exited' },
]

/** Starts Node with a script and these words, one time after the other: of CommonJS, which Node starts fastest. */
const starts = (name, script, words) => ({
  name,
  prepare: () => {
    const folder = mkdtempSync(join(tmpdir(), 'rivulet-bench-'))
    process.on('exit', () => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, 'script.cjs'), script)
    writeFileSync(join(folder, 'run.jsonl'), record.map((event) => `${JSON.stringify(event)}\n`).join(''))
    return (times) => {
      for (let i = 0; i < times; i++) {
        const { status } = spawnSync(process.execPath, ['script.cjs', ...words], { stdio: 'ignore', cwd: folder })
        if (status !== 0) throw new Error(`${name} exited with ${status}`)
      }
    }
  },
})

const row = (work, target, words, script = load('main.js')) => ({
  work,
  target,
  items: 5,
  quickItems: 2,
  baseline: starts('an empty script', '', words),
  contenders: [starts('rivulet', script, words)],
})

/** What the command costs before it does anything: of `run`, until its program is started. Then what it costs to do little. */
export const rows = [
  row('`rivulet --version`', 1.3, ['--version']),
  row('`rivulet run`, until its program is started', 1.3, ['--version'], load('run-command.js') + load('main.js')),
  row('`rivulet show`, of 4 events', 1.3, ['show', 'run.jsonl']),
  row('`rivulet timeline`, of 4 events', 1.3, ['timeline', 'run.jsonl', '-o', 'run.html']),
]
