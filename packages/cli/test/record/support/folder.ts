import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rivulet-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** The path of a file that holds this. */
export function fileWith(content: string | Uint8Array, name = 'run.jsonl'): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, content)
  return path
}
