import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { build } from '../../build.mjs'

/** The supervisor as it is shipped, from the sources as they are now. */
export function buildSupervisor(): string {
  return built(build())
}

/** The supervisor for those who look for mistakes in it. */
export function buildSupervisorFor(kind: 'debug' | 'sanitize'): string {
  return built(build({ kind, output: join(temporaryFolder(), `supervisor-${kind}`) }))
}

function built({ output, message }: ReturnType<typeof build>): string {
  if (output === undefined) throw new Error(`These tests need a C compiler, as Debian's gcc: ${message}`)
  return output
}

/** Compiles one of the programs that the tests let run. */
export function compileProgram(name: string): string {
  const output = join(temporaryFolder(), name)
  const source = fileURLToPath(new URL(`../programs/${name}.c`, import.meta.url))
  execFileSync(process.env.CC ?? 'cc', ['-std=c11', '-D_GNU_SOURCE', '-O2', '-Wall', '-Wextra', '-o', output, source])
  return output
}

/** Goes when the tests of the file are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rivulet-supervisor-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
