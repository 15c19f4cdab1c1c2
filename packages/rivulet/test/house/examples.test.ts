import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import * as core from '../../src/core/index.ts'
import * as programs from '../../src/process/index.ts'
import { packages, sourceFiles, walk, workspace } from './files.ts'

const streamMakers = [
  'merge',
  'mergeKeyed',
  'mergeSettled',
  'MergeMap',
  'Queue',
  'withTaskGroup',
  'batch',
  'fromFunction',
  'idleTimeout',
  'interleave',
  'asCompleted',
  'ticks',
  'lines',
  'lineRecords',
  'share',
  'run',
]
const headings = ['Laziness', 'Order', 'Back-pressure', 'Ending', 'Errors', 'Cancellation']
const exported: Record<string, unknown> = { ...core, ...programs }

interface Doc {
  /** What is documented, as `lines` or `Queue.put`. */
  name: string
  text: string
  examples: string[]
}

function nameOf(node: ts.Node): string {
  const own = ts.getNameOfDeclaration(node as ts.Declaration)?.getText() ?? ts.SyntaxKind[node.kind]
  return ts.isClassElement(node) || ts.isTypeElement(node) ? `${nameOf(node.parent)}.${own}` : own
}

const docs: Doc[] = sourceFiles('rivulet/src').flatMap((file) => {
  const found: Doc[] = []
  walk(file, (node) => {
    for (const doc of ts.getJSDocCommentsAndTags(node)) {
      if (!ts.isJSDoc(doc) || doc.parent !== node) continue
      const examples = (doc.tags ?? []).filter(({ tagName }) => tagName.text === 'example')
      found.push({
        name: nameOf(node),
        text: ts.getTextOfJSDocComment(doc.comment) ?? '',
        examples: examples.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? ''),
      })
    }
  })
  return found
})
const examples = docs.flatMap((doc) => doc.examples.map((example) => ({ name: doc.name, example })))

/** Rewrites each statement `expression // => value` to an assertion, and counts them. */
function asserting(example: string): { code: string; count: number } {
  const edits: { start: number; end: number; text: string }[] = []
  walk(ts.createSourceFile('example.ts', example, ts.ScriptTarget.ESNext, true), (node) => {
    if (!ts.isExpressionStatement(node)) return
    for (const { pos, end } of ts.getTrailingCommentRanges(example, node.end) ?? []) {
      const wanted = /^\/\/ => (.+)$/.exec(example.slice(pos, end))?.[1]
      if (wanted === undefined) continue
      const text = `;expect(await (${node.expression.getText()})).toEqual(${wanted});`
      edits.push({ start: node.getStart(), end, text })
    }
  })
  let code = example
  for (const { start, end, text } of edits.toReversed()) code = code.slice(0, start) + text + code.slice(end)
  return { code, count: edits.length }
}

type AsyncFunctionConstructor = new (...parametersAndBody: string[]) => (...args: unknown[]) => Promise<void>
const AsyncFunction = (async () => {}).constructor as AsyncFunctionConstructor

async function runExample(code: string): Promise<void> {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  })
  const names = Object.keys(exported)
  await new AsyncFunction('expect', ...names, outputText)(expect, ...names.map((name) => exported[name]))
}

describe('the example of', () => {
  test.each(examples)('$name holds', async ({ example }) => {
    const { code, count } = asserting(example)
    expect(count, 'assertions').toBeGreaterThan(0)
    expect(count, 'every `// =>` stands after an expression of its own').toBe(example.split('// =>').length - 1)
    await runExample(code)
  })
})

test('the examples pass the type checker', () => {
  const head =
    `import { ${Object.keys(core).join(', ')} } from '../../src/core/index.ts'\n` +
    `import { ${Object.keys(programs).join(', ')} } from '../../src/process/index.ts'\n`
  const files = new Map(
    examples.map(({ name, example }, at) => [
      join(packages, `rivulet/test/house/example-${String(at)}-${name}.ts`),
      `${head}${example}\nexport {}\n`,
    ]),
  )
  const { config } = ts.readConfigFile(`${packages}rivulet/test/tsconfig.json`, ts.sys.readFile) as { config: object }
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, `${packages}rivulet/test`)
  const settings = { ...options, noUnusedLocals: false, typeRoots: [join(workspace, 'node_modules/@types')] }
  const host = ts.createCompilerHost(settings, true)
  const { fileExists, readFile } = host
  host.fileExists = (path) => files.has(path) || fileExists(path)
  host.readFile = (path) => files.get(path) ?? readFile(path)
  host.getSourceFile = (path, version) => {
    const text = host.readFile(path)
    return text === undefined ? undefined : ts.createSourceFile(path, text, version, true)
  }
  const program = ts.createProgram([...files.keys()], settings, host)
  const found = [...files.keys()].flatMap((path) => {
    const file = program.getSourceFile(path)
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
  })
  expect(ts.formatDiagnostics(found, host)).toBe('')
}, 60_000)

describe('the docstring of', () => {
  const isCode = ([, value]: [string, unknown]): boolean => typeof value === 'function'

  test.each(Object.entries(exported).filter(isCode))('%s is there', (name) => {
    expect(docs.find((doc) => doc.name === name)?.text ?? '').not.toBe('')
  })

  test.each(streamMakers)('%s answers the six questions in order and has an example', (name) => {
    const doc = docs.find((candidate) => candidate.name === name && candidate.examples.length > 0)
    const answered = [...(doc?.text ?? '').matchAll(/^([A-Z][a-z]+(?:-[a-z]+)?): \S/gm)].map(([, heading]) => heading)
    expect(answered).toEqual(headings)
    expect(exported).toHaveProperty(name)
  })
})
