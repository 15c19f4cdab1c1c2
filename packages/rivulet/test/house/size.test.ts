import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { packages } from './files.ts'

const coreBytes = 14_000
const mergeBytes = 7_200

/** Bytes that a browser would download for a program, minified and gzipped. */
async function downloadSize(program: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: `${packages}rivulet/src/core`, loader: 'ts' },
    bundle: true,
    minify: true,
    treeShaking: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  })
  return outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0)
}

test(`all of core is at most ${coreBytes} bytes, minified and gzipped`, async () => {
  expect(await downloadSize(`export * from './index.ts'`)).toBeLessThanOrEqual(coreBytes)
})

test(`merge alone is at most ${mergeBytes} bytes, minified and gzipped`, async () => {
  expect(await downloadSize(`export { merge } from './index.ts'`)).toBeLessThanOrEqual(mergeBytes)
})
