import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { temporaryFolder } from './folder.ts'

const sources = fileURLToPath(new URL('../../../src/', import.meta.url))

/** The path of a program that Node can run, made of this, which may import our sources as `./record/…`. */
export async function bundledProgram(contents: string): Promise<string> {
  const path = join(temporaryFolder(), 'program.mjs')
  await build({
    stdin: { contents, resolveDir: sources, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile: path,
  })
  return path
}
