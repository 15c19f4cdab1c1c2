import { dirname, resolve } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { packages, sourceFiles, walk } from './files.ts'

/** Every module a file names: imports, re-exports, `import()` in code and in types. */
function specifiers(file: ts.SourceFile): string[] {
  const found: string[] = []
  const keep = (node: ts.Node | undefined): void => {
    if (node !== undefined && ts.isStringLiteralLike(node)) found.push(node.text)
  }
  walk(file, (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) keep(node.moduleSpecifier)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) keep(node.argument.literal)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) keep(node.arguments[0])
  })
  return found
}

/** What the files of a folder import beside what they may, as `file: specifier`. */
function strays(folder: string, mayImport: (specifier: string, path: string) => boolean): string[] {
  const files = sourceFiles(folder)
  expect(files.length).toBeGreaterThan(0)
  return files.flatMap((file) =>
    specifiers(file)
      .filter((specifier) => {
        const path = specifier.startsWith('.') ? resolve(dirname(file.fileName), specifier) : ''
        return !path.startsWith(`${packages}${folder}/`) && !mayImport(specifier, path)
      })
      .map((specifier) => `${file.fileName}: ${specifier}`),
  )
}

const isNodes = (specifier: string): boolean => specifier.startsWith('node:')

test('core imports only its own files', () => {
  expect(strays('rivulet/src/core', () => false)).toEqual([])
})

test('process imports only its own files, the index and the checks of core, and what Node has', () => {
  const core = `${packages}rivulet/src/core/`
  const isCore = (path: string): boolean => path === `${core}index.ts` || path.startsWith(`${core}checks/`)
  expect(strays('rivulet/src/process', (specifier, path) => isCore(path) || isNodes(specifier))).toEqual([])
})

test('the command imports only its own files, our packages and what Node has', () => {
  const ours = ['rivulet', 'rivulet/process']
  expect(strays('cli/src', (specifier) => ours.includes(specifier) || isNodes(specifier))).toEqual([])
})

test('core names no global of one platform only', () => {
  const forbidden = new Set(['process', 'Buffer', 'require', 'document', 'window', 'self', 'Deno', 'Bun'])
  const found: string[] = []
  for (const file of sourceFiles('rivulet/src/core')) {
    walk(file, (node) => {
      if (!ts.isIdentifier(node) || !forbidden.has(node.text)) return
      const { parent } = node
      const isMember =
        (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
        (ts.isTypeElement(parent) && parent.name === node) ||
        (ts.isClassElement(parent) && parent.name === node)
      if (!isMember) found.push(`${file.fileName}: ${node.text}`)
    })
  }
  expect(found).toEqual([])
})
