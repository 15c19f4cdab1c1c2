import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from '../../record/support/folder.ts'

/** The command as it is built. */
export const main: string = fileURLToPath(new URL('../../../dist/main.js', import.meta.url))

/** How the command ended, and what it wrote. */
export interface Ended {
  status: number | null
  stdout: string
  stderr: string
}

/** Runs `rivulet timeline` to its end. */
export function timeline(words: readonly string[], input: string | Uint8Array = ''): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'timeline', ...words], {
    encoding: 'utf8',
    input,
  })
  return { status, stdout, stderr }
}

/** Saves a real run of these words, which stand behind `rivulet run`, and gives the path of the record. */
export function recordedRun(...words: string[]): string {
  const path = join(temporaryFolder(), 'run.jsonl')
  const { stderr } = spawnSync(process.execPath, [main, 'run', '--save', path, ...words], { encoding: 'utf8' })
  if (stderr.startsWith('rivulet:')) throw new Error(stderr)
  return path
}

/** Makes the page of a record, and gives its path. */
export function pageOf(recordPath: string): string {
  const path = join(temporaryFolder(), 'timeline.html')
  const { status, stderr } = timeline([recordPath, '-o', path])
  if (status !== 0) throw new Error(stderr)
  return path
}
