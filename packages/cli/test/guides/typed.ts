import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { untilSecondSignal, withRivulet } from '../support/rivulet.ts'
import { Terminal } from '../support/terminal.ts'
import type { Step } from './guide.ts'

/** What came of something that was typed. */
export interface Answer {
  lines: string[]
  /** Its exit code; undefined where the shell did not come so far. */
  code: number | undefined
}

/** Ends what a command has printed, with its exit code behind it. */
const endMark = '@@end@@'

/** Seconds after which a block that hangs is ended, and its test fails; nothing takes a tenth of that. */
const hangs = '40'

/** Types a block into one shell in a folder, as `bash` reads it, with both streams in one file. */
export function typed(steps: readonly Step[], folder: string): Answer[] {
  const output = join(folder, '.output')
  const fd = openSync(output, 'w')
  const { FORCE_COLOR: _force, NO_COLOR: _no, ...env } = withRivulet
  spawnSync('timeout', ['-k', '5', hangs, 'bash', '-c', scriptOf(steps)], {
    cwd: folder,
    env: { ...env, HOME: folder },
    stdio: ['ignore', fd, fd],
  })
  closeSync(fd)
  return answersOf(readFileSync(output, 'utf8'), steps)
}

/** Types a block at a terminal. `^C` is pressed when the line above it is on the screen. */
export async function typedAtTerminal(steps: readonly Step[], folder: string): Promise<Answer[]> {
  const file = join(folder, '.script')
  // Else the shell would end with the first program that Ctrl-C has ended, unlike one that reads what is typed.
  writeFileSync(file, `cd '${folder}'; trap : INT\n${scriptOf(steps)}`)
  const terminal = new Terminal(`bash ${file}`)
  for (const { wanted } of steps) {
    for (const [at, line] of wanted.entries()) {
      if (line !== '^C') continue
      await terminal.shows(wanted[at - 1] ?? '')
      await untilSecondSignal()
      terminal.type('\u0003')
    }
  }
  await terminal.ended
  return answersOf(terminal.screen.text, steps)
}

/** After each command its end is told; the next one finds its exit code as if nothing had been between them. */
function scriptOf(steps: readonly Step[]): string {
  return steps.map(({ command }) => `${command}\n_code=$?; printf '${endMark}%s\\n' $_code; (exit $_code)\n`).join('')
}

function answersOf(output: string, steps: readonly Step[]): Answer[] {
  const parts = [...output.matchAll(new RegExp(`([^]*?)(?:${endMark}(\\d+)\n?|$)`, 'g'))]
  return steps.map((_, at) => {
    const { 1: printed = '', 2: code } = parts[at] ?? []
    const text = printed.replace(/\n$/, '')
    return { lines: text === '' ? [] : text.split('\n'), code: code === undefined ? undefined : Number(code) }
  })
}
