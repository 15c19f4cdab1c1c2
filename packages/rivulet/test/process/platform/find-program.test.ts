import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { findProgram } from '../../../src/process/platform/find-program.ts'

/** Looks on a disk that holds these files, with whatever case, and tells in what order it looked. */
function find(file: string, files: readonly string[], env: Record<string, string>, cwd: string | URL = 'C:\\work') {
  const looked: string[] = []
  const exists = (path: string): boolean => {
    looked.push(path)
    return files.some((candidate) => candidate.toLowerCase() === path.toLowerCase())
  }
  return { found: findProgram(file, { cwd, env }, exists), looked }
}

const PATH = 'C:\\one;C:\\two'

test('a name is looked for in the folders of PATH, in their order, with each ending before the next folder', () => {
  const { found, looked } = find('npm', ['C:\\two\\npm.cmd'], { PATH, PATHEXT: '.EXE;.CMD' })
  expect(found).toBe('C:\\two\\npm.cmd')
  expect(looked).toEqual(['C:\\one\\npm.exe', 'C:\\one\\npm.cmd', 'C:\\two\\npm.exe', 'C:\\two\\npm.cmd'])
})

test('without PATHEXT the endings are those of Windows; empty ones in it are none', () => {
  expect(find('x', [], { PATH: 'C:\\one' }).looked).toEqual(
    ['com', 'exe', 'bat', 'cmd'].map((ending) => `C:\\one\\x.${ending}`),
  )
  expect(find('x', [], { PATH: 'C:\\one', PATHEXT: ';.EXE;;' }).looked).toEqual(['C:\\one\\x.exe'])
})

test('a name that has one of the endings, in any case, is looked for as it is', () => {
  for (const PATHEXT of ['.EXE;.CMD', '.exe;.cmd']) {
    expect(find('npm.Cmd', [], { PATH: 'C:\\one', PATHEXT }).looked).toEqual(['C:\\one\\npm.Cmd'])
  }
})

test('another ending is part of the name', () => {
  expect(find('node.20', ['C:\\one\\node.20.exe'], { PATH: 'C:\\one' }).found).toBe('C:\\one\\node.20.exe')
})

test.each(['PATH', 'Path', 'path'])('the variable may be written %s', (name) => {
  expect(find('x', ['C:\\one\\x.foo'], { [name]: PATH, PathExt: '.FOO' }).found).toBe('C:\\one\\x.foo')
})

test('an entry of PATH may stand in quotes, and an empty one is not the current folder', () => {
  const { looked } = find('x.exe', [], { PATH: '"C:\\Program Files\\a";;;C:\\two' })
  expect(looked).toEqual(['C:\\Program Files\\a\\x.exe', 'C:\\two\\x.exe'])
})

test('the current folder is not looked into, where anyone may have put a program of that name', () => {
  const { found, looked } = find('git', ['C:\\work\\git.exe'], { PATH })
  expect(found).toBeUndefined()
  expect(looked.filter((path) => path.startsWith('C:\\work'))).toEqual([])
  expect(find('git', ['C:\\work\\git.exe'], {}).looked).toEqual([])
})

test.each([
  ['.\\tool', 'C:\\work\\tool.exe'],
  ['bin/tool.exe', 'C:\\work\\bin\\tool.exe'],
  ['..\\tool', 'C:\\tool.exe'],
  ['D:\\x\\tool', 'D:\\x\\tool.exe'],
  ['\\x\\tool', 'C:\\x\\tool.exe'],
  ['C:tool', 'C:\\work\\tool.exe'],
])('the path %s is meant from cwd, and PATH has no say', (file, expected) => {
  const elsewhere = 'C:\\one\\tool.exe'
  expect(find(file, [elsewhere, expected], { PATH }).found).toBe(expected)
  expect(find(file, [elsewhere], { PATH }).found).toBeUndefined()
})

test('an entry of PATH that is relative is meant from cwd too', () => {
  const PATH = 'node_modules\\.bin'
  expect(find('x.exe', [], { PATH }).looked).toEqual(['C:\\work\\node_modules\\.bin\\x.exe'])
})

test('cwd may be a URL, and is ours where it is not given', () => {
  const url = find('./x.exe', [], {}, pathToFileURL('/some folder')).looked
  const looked: string[] = []
  findProgram('./x.exe', { cwd: undefined, env: {} }, (path) => looked.push(path) === 0)
  // Windows' rules on our own folders: with their slashes turned, they are what they should be.
  const turned = (paths: string[]) => paths.map((path) => path.replace(/^[A-Z]:/u, '').replaceAll('\\', '/'))
  expect(turned(url)).toEqual(['/some folder/x.exe'])
  expect(turned(looked)).toEqual([resolve('x.exe')])
})

test('of several variables of one name the one counts that Node passes on, the first in their order', () => {
  const env = { Path: 'C:\\second', PATH: 'C:\\first', PATHEXT: '.EXE' }
  const exists = (path: string): boolean => path.endsWith('\\a.exe')
  expect(findProgram('a', { cwd: 'C:\\work', env }, exists)).toBe('C:\\first\\a.exe')
})

test('an entry in quotes may hold a semicolon, and an empty one in quotes is not the current folder either', () => {
  const { looked } = find('x.exe', [], { PATH: '"";"C:\\a;b";C:\\"Program Files"\\c;"C:\\two' })
  expect(looked).toEqual(['C:\\a;b\\x.exe', 'C:\\Program Files\\c\\x.exe', 'C:\\two\\x.exe'])
})
