import { execFile, type ExecFileException } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packages, workspace } from './files.ts'

/*
 * The guides show programs and what they printed. In their code blocks:
 *
 * - `js` is a program, saved under the name in its first line. It is run and has to exit with code 0, and where a `text`
 *   block follows, that is its stdout.
 * - `sh` is run by `sh` in the folder with the programs, and a `text` block has to follow.
 * - In `text` a lone `N` stands for any number, as the pages say.
 * - What is not to be run by itself says so: `not-run`. A `js` block is saved all the same, for a later block to use.
 *
 * Pages with `console` blocks are of the command, and have a test of their own beside it.
 */
const guides = join(workspace, 'docs/guides')
const marker = 'not-run'

interface Block {
  /** Such as `js`. */
  language: string
  isRun: boolean
  /** Where a program is saved, or the first line of what the shell runs. */
  name: string
  code: string
  /** The text block right after it. */
  wanted: string | undefined
  line: number
}

function blocksOf(page: string): Block[] {
  const text = readFileSync(join(guides, page), 'utf8')
  const found: Block[] = []
  let endOfLast = 0
  for (const { 0: all, 1: info = '', 2: code = '', index } of text.matchAll(/^```(.*)\n([^]*?)^```$/gm)) {
    const [language = '', ...words] = info.split(' ')
    const last = found.at(-1)
    const isNext = text.slice(endOfLast, index).trim() === ''
    endOfLast = index + all.length
    if (info === 'text' && last?.isRun === true && isNext) last.wanted = code
    else {
      const firstLine = code.slice(0, code.indexOf('\n'))
      const name = language === 'js' ? (/^\/\/ (\S+\.mjs)$/.exec(firstLine)?.[1] ?? '') : firstLine
      const line = text.slice(0, index).split('\n').length
      found.push({ language, isRun: !words.includes(marker), name, code, wanted: undefined, line })
    }
  }
  return found
}

/** What a text block allows. */
function pattern(wanted: string): RegExp {
  const literal = wanted.trimEnd().replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')
  return new RegExp(`^${literal.replace(/\bN\b/g, String.raw`\d+(?:[.,]\d+)*`)}$`)
}

function output({ language, name, code }: Block, cwd: string): Promise<{ error: unknown; stdout: string }> {
  const [file, args] = language === 'js' ? [process.execPath, [name]] : ['sh', ['-c', code]]
  const path = dirname(process.execPath) + delimiter + (process.env.PATH ?? '')
  return new Promise((resolve) => {
    execFile(file, args, { cwd, env: { ...process.env, PATH: path } }, (error: ExecFileException | null, stdout) =>
      resolve({ error, stdout }),
    )
  })
}

const pages = readdirSync(guides).filter((name) => !/^```console\b/m.test(readFileSync(join(guides, name), 'utf8')))

test('there are guides', () => {
  expect(pages).not.toEqual([])
})

describe.each(pages)('the guide %s', (page) => {
  const blocks = blocksOf(page)
  const programs = blocks.filter(({ language }) => language === 'js')
  let folder: string

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rivulet-guide-'))
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(join(packages, 'rivulet'), join(folder, 'node_modules/rivulet'), 'junction')
    for (const { name, code } of programs) writeFileSync(join(folder, name), code)
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('has a block that is checked', () => {
    expect(blocks.filter(({ wanted }) => wanted !== undefined)).not.toEqual([])
  })

  test('names each program once', () => {
    const names = programs.map(({ name }) => name)
    expect(names).not.toContain('')
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  })

  test('says of each block that is not checked that it is not', () => {
    const silent = blocks.filter(({ language, isRun, wanted }) => isRun && language !== 'js' && wanted === undefined)
    expect(silent.map(({ language, line }) => `${language} at line ${String(line)}`)).toEqual([])
  })

  test.each(blocks.filter(({ isRun, language }) => isRun && ['js', 'sh'].includes(language)))(
    'shows what this prints, line $line: $name',
    async (block) => {
      const { error, stdout } = await output(block, folder)
      expect(error).toBeNull()
      if (block.wanted !== undefined && !pattern(block.wanted).test(stdout.trimEnd())) {
        expect(stdout).toBe(block.wanted)
      }
    },
    30_000,
  )
})
