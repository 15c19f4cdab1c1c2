// Bundles the page for browsers into dist/bundle.js, with the hashes that its content security policy names.
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))

/** The oldest browsers that unpack gzip by themselves and know `light-dark()`. */
const target = ['chrome123', 'firefox120', 'safari17.5']

/** @type {(entry: string) => Promise<string>} */
async function bundle(entry) {
  const built = await build({
    entryPoints: [join(here, 'src', entry)],
    bundle: true,
    minify: true,
    format: 'iife',
    charset: 'utf8',
    legalComments: 'none',
    target,
    write: false,
  })
  const [file] = built.outputFiles
  if (file === undefined) throw new Error(`esbuild made nothing of ${entry}`)
  return file.text.trim()
}

/** @type {(text: string) => string} */
function hash(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

const [script, style] = await Promise.all([bundle('main.ts'), bundle('page.css')])
// Either would end its element, and the page with it.
if (/<\/script|<!--/i.test(script) || /<\/style/i.test(style))
  throw new Error('The page has the end of an element in it')
/** @type {import('./src/bundle.d.ts').PageBundle} */
const pageBundle = { script, scriptHash: hash(script), style, styleHash: hash(style) }
const path = join(here, 'dist/bundle.js')
const text = `export const pageBundle = ${JSON.stringify(pageBundle)}\n`
if ((await readFile(path, 'utf8').catch(() => undefined)) !== text) {
  await mkdir(join(here, 'dist'), { recursive: true })
  // Another build may read it meanwhile, and finds the old one or the new one whole.
  const unfinished = `${path}.${process.pid}`
  await writeFile(unfinished, text)
  await rename(unfinished, path)
}
