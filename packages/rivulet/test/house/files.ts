import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const packages: string = fileURLToPath(new URL('../../../', import.meta.url))
export const workspace: string = fileURLToPath(new URL('../../../../', import.meta.url))

/** The parsed TypeScript files below a folder of `packages/`. */
export function sourceFiles(folder: string): ts.SourceFile[] {
  return ts.sys
    .readDirectory(`${packages}${folder}`, ['.ts'])
    .map((path) => ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ESNext, true))
}

/** Visits a node and everything below it. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  ts.forEachChild(node, (child) => walk(child, visit))
}
