import { dirname, resolve } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { sourceFiles } from './files.ts'

/** What each file imports of the others, types included: `import-x/no-cycle` does not look at these. */
function importsOf(files: readonly ts.SourceFile[]): Map<string, string[]> {
  return new Map(
    files.map(({ fileName, text }) => {
      const { importedFiles } = ts.preProcessFile(text, true, true)
      const own = importedFiles.map((imported) => imported.fileName).filter((name) => name.startsWith('.'))
      return [fileName, own.map((name) => resolve(dirname(fileName), name))]
    }),
  )
}

/** The files that import themselves through others. */
function circular(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const reaches = (from: string, to: string): boolean => {
    const seen = new Set<string>()
    const waiting = [...(imports.get(from) ?? [])]
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      if (file === to) return true
      if (seen.has(file)) continue
      seen.add(file)
      waiting.push(...(imports.get(file) ?? []))
    }
    return false
  }
  return [...imports.keys()].filter((file) => reaches(file, file))
}

test('files that import one another in a circle are found', () => {
  const imports = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', ['a']],
    ['d', []],
    ['e', ['a']],
  ])
  expect(circular(imports)).toEqual(['a', 'b', 'c'])
  const text = `import type { A } from './a.ts'\nexport type { B } from './b.ts'\nlet c: import('./c.ts').C`
  const file = ts.createSourceFile('/x/file.ts', text, ts.ScriptTarget.ESNext)
  expect(importsOf([file])).toEqual(new Map([['/x/file.ts', ['/x/a.ts', '/x/b.ts', '/x/c.ts']]]))
})

test.each(['rivulet/src/core', 'rivulet/src/process', 'timeline-page/src', 'cli/src'])(
  'no files of %s import one another in a circle, types included',
  (folder) => {
    const files = sourceFiles(folder)
    expect(files.length).toBeGreaterThan(0)
    expect(circular(importsOf(files))).toEqual([])
  },
)
