import ts from 'typescript'
import { expect, test } from 'vitest'
import { sourceFiles, walk } from './files.ts'

/** Verbs that were said for `close`, `stop`, `return` or `discard`, each for another thing in another file. */
const retiredVerbs = new Set(['abandon', 'cut', 'drop', 'giveUp', 'leave', 'letGo', 'pass', 'release', 'withdraw'])

/** Names that said nothing in the terms of the field. */
const retiredNames = new Set([
  'Controls',
  'Leavable',
  'Leavers',
  'Life',
  'Outfit',
  'Paced',
  'Pacer',
  'Problems',
  'Showing',
  'ShowingOptions',
  'Verdict',
])

const folders = ['rivulet/src', 'cli/src', 'timeline-page/src']

/** The retired words in a file: verbs as the names of methods and functions, names as those of anything that is declared. */
function retired(file: ts.SourceFile): string[] {
  const found: string[] = []
  walk(file, (node) => {
    if (!ts.isIdentifier(node) && !ts.isPrivateIdentifier(node)) return
    const word = node.text.replace(/^#/, '')
    const { parent } = node
    const isName = 'name' in parent && parent.name === node
    if (!isName) return
    if ((retiredVerbs.has(word) && isCallable(parent)) || retiredNames.has(word)) found.push(word)
  })
  return found
}

function isCallable(node: ts.Node): boolean {
  if (ts.isMethodDeclaration(node) || ts.isMethodSignature(node) || ts.isFunctionDeclaration(node)) return true
  if (!ts.isPropertyDeclaration(node) && !ts.isPropertySignature(node) && !ts.isVariableDeclaration(node)) return false
  const value = 'initializer' in node ? node.initializer : undefined
  const isFunction = value !== undefined && (ts.isArrowFunction(value) || ts.isFunctionExpression(value))
  return isFunction || (node.type !== undefined && ts.isFunctionTypeNode(node.type))
}

test.each(folders)('%s uses none of the words that were retired', (folder) => {
  const files = sourceFiles(folder)
  expect(files.length).toBeGreaterThan(0)
  const found = files.flatMap((file) => retired(file).map((word) => `${file.fileName}: ${word}`))
  expect(found).toEqual([])
})

test.each([
  ['class A { leave(): void {} }', ['leave']],
  ['class A { #drop(): void {} }', ['drop']],
  ['class A { readonly release = (): void => {} }', ['release']],
  ['interface A { pass(): void; cut: () => void }', ['pass', 'cut']],
  ['function giveUp() {}', ['giveUp']],
  ['const letGo = () => 1', ['letGo']],
  ['class Verdict {} interface Life {} type Paced = 1', ['Verdict', 'Life', 'Paced']],
  ['class A { leaveTime = 1; drop = 2 }', []],
  ['stream.return(); const cut = 1', []],
])('of %j it finds %j', (text, words) => {
  expect(retired(ts.createSourceFile('a.ts', text, ts.ScriptTarget.ESNext, true))).toEqual(words)
})

test('no file has more than 300 lines, and no folder more than fifteen files but the contents of the core', () => {
  const counts = new Map<string, number>()
  const long: string[] = []
  for (const file of folders.flatMap(sourceFiles)) {
    const folder = file.fileName.replace(/\/[^/]*$/, '')
    counts.set(folder, (counts.get(folder) ?? 0) + 1)
    if (file.getLineStarts().length > 301) long.push(file.fileName)
  }
  expect(long).toEqual([])
  const full = [...counts].filter(([folder, count]) => count > 16 && !folder.endsWith('rivulet/src/core'))
  expect(full).toEqual([])
})
