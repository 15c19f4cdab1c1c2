import { execFile } from 'node:child_process'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import ts from 'typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { installPacked } from '../../../../scripts/install-packed.mjs'
import { workspace } from './files.ts'

const execute = promisify(execFile)
let packed: Awaited<ReturnType<typeof installPacked>>

beforeAll(async () => {
  packed = await installPacked()
}, 120_000)

afterAll(() => packed[Symbol.asyncDispose]())

test('publint finds nothing wrong with the packed packages', async () => {
  expect(packed.tarballs.length).toBeGreaterThanOrEqual(2)
  for (const path of packed.tarballs) {
    const bytes = await readFile(path)
    const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true })
    const complaints = messages.filter(({ type }) => type !== 'suggestion')
    expect(
      complaints.map((message) => formatMessage(message, pkg)),
      basename(path),
    ).toEqual([])
  }
})

test('the installed packages are imported and used by this Node', async () => {
  await copyFile(join(workspace, 'scripts/smoke.mjs'), join(packed.folder, 'smoke.mjs'))
  const { stdout } = await execute(process.execPath, ['smoke.mjs'], { cwd: packed.folder })
  expect(stdout).toMatch(/^ok on /)
}, 30_000)

test('the installed command is found under its name', async () => {
  const shell = process.platform === 'win32'
  const { stdout } = await execute(join(packed.folder, 'node_modules/.bin/rivulet'), ['--help'], { shell })
  expect(stdout).toContain('rivulet run')
})

const coreProgram = `
import { merge, mergeKeyed, Queue, type Source } from 'rivulet'
const words: Source<string> = ['a']
for await (const word of merge([words, [1]])) {
  const both: string | number = word
  void both
}
for await (const [key, item] of mergeKeyed({ word: ['a'], number: [1] })) if (key === 'number') item.toFixed()
await using merged = merge([words], { signal: new AbortController().signal })
void merged
const queue = new Queue<number>({ capacity: 1 })
// @ts-expect-error a queue of numbers takes no string
queue.tryPut('a')
`
const processProgram = `
import { run } from 'rivulet/process'
for await (const [name, chunk] of run('make', ['-j8'])) {
  const both: ['stdout' | 'stderr', Uint8Array] = [name, chunk]
  void both
}
const { code }: { code: number | null } = await run('make').status
void code
for await (const chunk of run('make').stdout({ stderr: 'keep' })) void chunk.subarray(0)
for await (const event of run('make').events()) if (event.type === 'output') void event.data.length
const { stdout, reason }: { stdout: string; reason: string } = await run('make').collect({ maxBytes: 1024 })
void [stdout, reason]
await run('sort', [], { input: run('ls').stdout(), maxOutputBytes: 1024 }).wait()
`

test.each([
  ['the browser', coreProgram, { lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'], types: [] }],
  ['Node', coreProgram + processProgram, { lib: ['lib.es2023.d.ts'], types: ['node'] }],
  [
    'both at once',
    coreProgram + processProgram,
    { lib: ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.asynciterable.d.ts'], types: ['node'] },
  ],
])(
  'the declarations satisfy a strict program with the types of %s',
  async (_, program, platform) => {
    const path = join(packed.folder, 'consumer.ts')
    await writeFile(path, program)
    const checked = ts.createProgram([path], {
      ...platform,
      typeRoots: [join(workspace, 'node_modules/@types')],
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
    })
    const found = ts.getPreEmitDiagnostics(checked)
    expect(
      ts.formatDiagnostics(found, { ...ts.sys, getCanonicalFileName: (name) => name, getNewLine: () => '\n' }),
    ).toBe('')
  },
  60_000,
)
