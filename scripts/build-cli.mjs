// Bundles the command into packages/cli/dist, and makes its manual. A start reads two files that way instead of two hundred, which
// would be most of its cost. They are CommonJS: Node loads that faster, and of its own modules only the parts that are used.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const cli = fileURLToPath(new URL('../packages/cli', import.meta.url))

/** @type {import('esbuild').BuildOptions & { write: false }} */
const common = { bundle: true, platform: 'node', target: 'node20.19', write: false }

/** The file of a subcommand, which has all that it needs: only one of them runs. @type {(name: string) => string} */
const fileOf = (name) => `${name}-command`

/** What performs a subcommand is loaded from its file. @type {import('esbuild').Plugin} */
const commands = {
  name: 'commands',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/[a-z]+\/perform\.ts$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path: `./${fileOf(basename(dirname(path)))}.js`, external: true } : undefined,
    )
  },
}

/** Loaded when it is used: of a run that is when its program has started already. @type {import('esbuild').Plugin} */
const lateCrypto = {
  name: 'late-crypto',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:crypto$/ }, ({ path, namespace }) =>
      namespace === 'late' ? { path, external: true } : { path, namespace: 'late' },
    )
    onLoad({ filter: /^/, namespace: 'late' }, () => ({
      contents: `export const randomUUID = () => require('node:crypto').randomUUID()`,
    }))
  },
}

/** The files of the command, by name. @type {() => Promise<Map<string, string>>} */
async function bundle() {
  const folders = await readdir(join(cli, 'src/commands'), { withFileTypes: true })
  const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const { outputFiles, metafile } = await build({
    ...common,
    entryPoints: {
      main: join(cli, 'src/main.ts'),
      ...Object.fromEntries(names.map((name) => [fileOf(name), join(cli, 'src/commands', name, 'perform.ts')])),
    },
    outdir: cli,
    format: 'cjs',
    supported: { 'dynamic-import': false },
    // The library looks from there for the supervisor's package.
    define: { 'import.meta.url': '__filename' },
    // Names stay as they are, for whoever reads a stack trace.
    minifySyntax: true,
    minifyWhitespace: true,
    plugins: [commands, lateCrypto],
    metafile: true,
  })
  const files = new Map(outputFiles.map(({ path, text }) => [relative(cli, path), text]))
  return files
    .set('package.json', '{ "type": "commonjs" }\n')
    .set('third-party-licenses.txt', await licensesOf(Object.keys(metafile.inputs)))
}

/**
 * The licences of the packages that others made and that are bundled, which must come with every copy.
 *
 * @type {(inputs: string[]) => Promise<string>}
 */
async function licensesOf(inputs) {
  const folders = inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input) ?? [])
  const texts = [...new Set(folders)].sort().map(async (folder) => {
    const name = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry))
    if (name === undefined) throw new Error(`${folder} is bundled and has no licence that could be shipped`)
    const { name: title, version } = JSON.parse(await readFile(resolve(folder, 'package.json'), 'utf8'))
    return `${title} ${version}\n\n${(await readFile(resolve(folder, name), 'utf8')).trim()}\n`
  })
  return (await Promise.all(texts)).join('\n\n')
}

/** What man shows. @type {() => Promise<string>} */
async function manual() {
  const contents = `
    import { specs } from './commands/commands.ts'
    import { manPage } from './manual/man-page.ts'
    import { version } from './version.ts'
    export default manPage(version, specs)
  `
  const { outputFiles } = await build({
    ...common,
    format: 'esm',
    plugins: [commands],
    stdin: { contents, resolveDir: join(cli, 'src'), loader: 'ts' },
  })
  const code = outputFiles.map(({ text }) => text).join('')
  const { default: page } = await import(`data:text/javascript,${encodeURIComponent(code)}`)
  return page
}

/** What a build is writing, with the number of its process. No package has it among its files. */
const unfinishedName = /^\.unfinished-(\d+)-/

/** Whether another build may be writing it: what a killed one has left goes. @type {(name: string) => boolean} */
const isBeingWritten = (name) => {
  const [, pid] = unfinishedName.exec(name) ?? []
  try {
    return pid !== undefined && process.kill(Number(pid), 0)
  } catch {
    // There is no such process, or it is of somebody else, who does not build here.
    return false
  }
}

/**
 * Puts files in the place of what a folder has. Those that are the same stay as they are; the others get their names when
 * they are whole, since somebody may start the command meanwhile.
 *
 * @type {(folder: string, files: Map<string, string>) => Promise<void>}
 */
async function replace(folder, files) {
  await mkdir(folder, { recursive: true })
  // The one that loads the others comes last.
  const names = [...files.keys()].sort((one, other) => Number(one === 'main.js') - Number(other === 'main.js'))
  for (const name of names) {
    const [path, text] = [join(folder, name), files.get(name) ?? '']
    if ((await readFile(path, 'utf8').catch(() => undefined)) === text) continue
    const unfinished = join(folder, `.unfinished-${process.pid}-${name}`)
    await writeFile(unfinished, text, { mode: name === 'main.js' ? 0o755 : 0o644 })
    await rename(unfinished, path)
  }
  for (const name of await readdir(folder)) {
    const isInUse = files.has(name) || name.endsWith('.tsbuildinfo') || isBeingWritten(name)
    if (!isInUse) await rm(join(folder, name), { recursive: true, force: true })
  }
}

await replace(join(cli, 'dist'), (await bundle()).set('rivulet.1', await manual()))
