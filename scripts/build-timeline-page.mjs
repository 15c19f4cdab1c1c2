import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const page = fileURLToPath(new URL('../packages/cli/src/timeline/page', import.meta.url))

/** Of browsers that unpack gzip by themselves and know `light-dark()`. */
const target = ['chrome123', 'firefox120', 'safari17.5']

/** @type {(entry: string) => Promise<string>} */
async function bundle(entry) {
  const built = await build({
    entryPoints: [join(page, entry)],
    bundle: true,
    minify: true,
    format: 'iife',
    charset: 'utf8',
    legalComments: 'none',
    target,
    write: false,
  })
  const [file] = built.outputFiles
  if (file === undefined) throw new Error(`Nothing came of ${entry}`)
  return file.text.trim()
}

/**
 * The script and the style of the page that `rivulet timeline` writes, with the hash of each.
 * @type {() => Promise<{ script: string, scriptHash: string, style: string, styleHash: string }>}
 */
export async function bundleTimelinePage() {
  const [script, style] = await Promise.all([bundle('main.ts'), bundle('page.css')])
  // Either would end its element, and the page with it.
  if (/<\/script|<!--/i.test(script) || /<\/style/i.test(style))
    throw new Error('The page has the end of an element in it')
  return { script, scriptHash: hash(script), style, styleHash: hash(style) }
}

/** @type {(text: string) => string} */
function hash(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
