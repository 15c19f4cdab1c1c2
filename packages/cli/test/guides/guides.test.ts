import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseCommandLine } from '../../src/commands/parse-command-line.ts'
import { comparable } from './comparable.ts'
import { readGuide } from './guide.ts'
import { mentionedCommands } from './mentioned-commands.ts'
import { typed, typedAtTerminal } from './typed.ts'
import { wordsOf } from './words-of.ts'

/*
 * The guides of the command show what a person types and then sees. In their code blocks:
 *
 * - `console` is typed into one shell in the page's folder, block after block, and what it prints on both streams is
 *   compared. An exit code other than 0 has to be shown, by `echo $?`. Times, process ids and the ids of runs are
 *   compared by their form only.
 * - `console any-order`: how streams and commands mix is of no account. Each keeps its own order.
 * - `console terminal` is typed at a terminal, where `^C` is pressed.
 * - Any other is a file, saved under the name in its first line, or says that it is `not-run`.
 *
 * A command in the text is not run, and yet has to be one that is understood.
 */
const root = fileURLToPath(new URL('../../../../', import.meta.url))

function read(page: string): string {
  return readFileSync(join(root, page), 'utf8')
}

const pages = readdirSync(join(root, 'docs/guides'))
  .map((name) => `docs/guides/${name}`)
  .filter((page) => /^```console\b/m.test(read(page)))

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rivulet-guides-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

test('there are guides of the command', () => {
  expect(pages).not.toEqual([])
})

describe.each(pages)('the guide %s', (page) => {
  const { consoles, files, strayLines } = readGuide(read(page))
  let ownFolder: string

  beforeAll(() => {
    ownFolder = mkdtempSync(join(folder, 'guide-'))
    for (const { name, text } of files) writeFileSync(join(ownFolder, name), text)
  })

  test('has no block that is neither typed nor a file', () => {
    expect(strayLines).toEqual([])
  })

  test('names each file once', () => {
    const names = files.map(({ name }) => name)
    expect(names).toEqual([...new Set(names)])
  })

  test.each(consoles)(
    'shows what is seen, line $line: $first',
    async ({ steps, words }) => {
      const answers = words.includes('terminal') ? await typedAtTerminal(steps, ownFolder) : typed(steps, ownFolder)
      const isAnyOrder = words.includes('any-order')
      for (const [at, { command, wanted }] of steps.entries()) {
        const { lines = [], code } = answers[at] ?? {}
        const isCodeShown = code === 0 || steps[at + 1]?.command === 'echo $?'
        const seen = [...comparable(lines, isAnyOrder), ...(isCodeShown ? [] : [`(exit code ${code})`])]
        const shown = wanted.filter((line) => line !== '^C')
        expect({ command, seen }).toEqual({ command, seen: comparable(shown, isAnyOrder) })
      }
    },
    60_000,
  )
})

const mentioned = ['README.md', ...pages].flatMap((page) =>
  mentionedCommands(read(page)).map((command) => ({ page, command })),
)

test.each(mentioned)('what $page mentions is understood: $command', ({ command }) => {
  const requests = wordsOf(command, folder).map((words) => parseCommandLine(words, () => 'a: true'))
  expect(requests).not.toEqual([])
  expect(requests.filter(({ kind }) => kind === 'usage-error')).toEqual([])
})
