import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { ESLint } from 'eslint'
import { describe, expect, test } from 'vitest'
import { packages, workspace } from './files.ts'

const paths = 'import-x/no-restricted-paths'
const unresolved = 'import-x/no-unresolved'
const builtin = 'import-x/no-nodejs-modules'
const globals = 'no-restricted-globals'
const syntax = 'no-restricted-syntax'

/** The project's own rules of imports, without those that need types: these take a minute, and a file that is there. */
const eslint = new ESLint({
  cwd: workspace,
  ruleFilter: ({ ruleId }) => [paths, unresolved, builtin, globals, syntax].includes(ruleId),
  overrideConfig: { languageOptions: { parserOptions: { project: false } } },
})

/** The rules that refuse this code in a file of this folder. */
async function refusals(folder: string, code: string): Promise<(string | null)[]> {
  const filePath = `${packages}${folder}/planted.ts`
  expect(existsSync(dirname(filePath))).toBe(true)
  const [result] = await eslint.lintText(`${code}\n`, { filePath })
  return result?.messages.map(({ ruleId }) => ruleId) ?? []
}

describe('core', () => {
  test.each<[code: string, rule: string]>([
    [`import { run } from '../process/index.ts'`, paths],
    [`import type { Run } from '../process/index.ts'`, paths],
    [`import { type Run } from '../process/index.ts'`, paths],
    [`export { run } from '../process/index.ts'`, paths],
    [`export * from '../process/index.ts'`, paths],
    [`await import('../process/index.ts')`, paths],
    [`import { main } from '../../../cli/src/main.ts'`, paths],
    [`import 'rivulet'`, paths],
    [`import type { Plugin } from 'esbuild'`, paths],
    [`import 'not-installed'`, unresolved],
    [`await import('not-installed')`, unresolved],
    [`export type R = import('../process/index.ts').Run`, syntax],
    [`import { readFile } from 'node:fs'`, builtin],
    [`import type { Readable } from 'node:stream'`, builtin],
    [`import 'fs'`, builtin],
    [`await import('node:fs')`, builtin],
    ...['process', 'Buffer', 'document', 'window', 'self', 'Deno', 'Bun'].flatMap((name): [string, string][] => [
      [`export const value = ${name}`, globals],
      [`export const value = globalThis.${name}`, globals],
    ]),
    [`require('node:fs')`, globals],
    [`export type B = Buffer`, syntax],
    [`export type P = typeof process`, syntax],
    [`export type E = NodeJS.ErrnoException`, syntax],
  ])('may not have %s', async (code, rule) => {
    expect(await refusals('rivulet/src/core', code)).toContain(rule)
  })

  test.each([
    `import { merge } from './index.ts'`,
    `import type { Source } from './index.ts'`,
    `export class Platform { process = 1 }`,
  ])('may have %s', async (code) => {
    expect(await refusals('rivulet/src/core', code)).toEqual([])
  })
})

describe('process', () => {
  test.each([
    [`import { merge } from '../core/merge.ts'`, paths],
    [`import type { Source } from '../core/source.ts'`, paths],
    [`export * from '../core/merge.ts'`, paths],
    [`await import('../core/merge.ts')`, paths],
    [`import { Closing } from '../core/source/closing.ts'`, paths],
    [`import { main } from '../../../cli/src/main.ts'`, paths],
    [`import 'rivulet'`, paths],
    [`import 'esbuild'`, paths],
    [`export type S = import('../core/source.ts').Source<string>`, syntax],
  ])('may not have %s', async (code, rule) => {
    expect(await refusals('rivulet/src/process', code)).toEqual([rule])
  })

  test.each([
    `import { merge } from '../core/index.ts'`,
    `import type { Source } from '../core/index.ts'`,
    `import { currentScope } from '../core/source/scope.ts'`,
    `import { run } from './index.ts'`,
    `import { spawn } from 'node:child_process'`,
  ])('may have %s', async (code) => {
    expect(await refusals('rivulet/src/process', code)).toEqual([])
  })
})

describe('the page of the timeline', () => {
  test.each([
    [`import { main } from '../../cli/src/main.ts'`, paths],
    [`import type { Source } from 'rivulet'`, paths],
    [`import 'esbuild'`, paths],
    [`import { gzipSync } from 'node:zlib'`, builtin],
    [`export type S = import('rivulet').Source<string>`, syntax],
  ])('may not have %s', async (code, rule) => {
    expect(await refusals('timeline-page/src', code)).toEqual([rule])
  })

  test('may have its own files', async () => {
    expect(await refusals('timeline-page/src', `import { byId } from './element.ts'`)).toEqual([])
  })
})

describe('the command', () => {
  test.each([
    [`import { merge } from '../../rivulet/src/core/index.ts'`, paths],
    [`import { merge } from '../../rivulet/dist/core/merge.js'`, paths],
    [`import type { Chart } from '../../timeline-page/src/chart/chart.ts'`, paths],
    [`import 'esbuild'`, paths],
    [`import 'rivulet/core'`, unresolved],
    [`export type S = import('rivulet').Source<string>`, syntax],
  ])('may not have %s', async (code, rule) => {
    expect(await refusals('cli/src', code)).toEqual([rule])
  })

  test.each([
    `import './main.ts'`,
    `import { merge } from 'rivulet'`,
    `import type { RunEvent } from 'rivulet/process'`,
    `import { spawn } from 'node:child_process'`,
    `import { countText } from '@rivulet/timeline-page'`,
    `import { pageBundle } from '@rivulet/timeline-page/bundle'`,
    `import { eastAsianWidth } from 'get-east-asian-width'`,
  ])('may have %s', async (code) => {
    expect(await refusals('cli/src', code)).toEqual([])
  })
})
