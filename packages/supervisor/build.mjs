import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))

/**
 * The platforms that a binary is shipped for, and the compilers that build it from elsewhere.
 * @type {Record<string, string>}
 */
const crossCompilers = { 'linux-x64': 'x86_64-linux-gnu-gcc', 'linux-arm64': 'aarch64-linux-gnu-gcc' }

const strict =
  '-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes ' +
  '-Wold-style-definition -Wundef -Wcast-qual -Wcast-align -Wwrite-strings -Wformat=2 -Wvla -Wnull-dereference ' +
  '-Wdouble-promotion -Wimplicit-fallthrough -Wswitch-enum -Werror'

const always = ['-std=c11', '-D_GNU_SOURCE', ...strict.split(' ')]

/** @typedef {'release' | 'debug' | 'sanitize'} Kind */

/** @type {Record<Kind, string[]>} */
const kinds = {
  release: ['-O2', '-fno-plt', '-ffunction-sections', '-fdata-sections', '-Wl,--gc-sections', '-s'],
  debug: ['-O1', '-g', '-fno-omit-frame-pointer'],
  sanitize: ['-O1', '-g', '-fno-omit-frame-pointer', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'],
}

/** @type {(name: string) => boolean} */
const isThere = (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0

/** @type {() => string} */
export function ownTarget() {
  return `${process.platform}-${process.arch}`
}

/** @type {(target: string) => string} */
export function binaryOf(target) {
  return join(here, target, 'bin', 'rivulet-supervisor')
}

/** @type {(target: string) => string | undefined} */
function findCompiler(target) {
  const named = process.env.CC ?? ''
  const own = named === '' ? ['cc', 'gcc', 'clang'] : [named]
  return (target === ownTarget() ? own : [crossCompilers[target] ?? '']).find(isThere)
}

/** @type {() => string[]} */
function sources() {
  const folder = join(here, 'src')
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
}

/** @type {(output: string) => boolean} */
function isUpToDate(output) {
  if (!existsSync(output)) return false
  const built = statSync(output).mtimeMs
  return [...sources(), fileURLToPath(import.meta.url)].every((source) => statSync(source).mtimeMs <= built)
}

/**
 * Compiles to a name of its own and renames: whoever runs the old binary keeps it, and nobody starts half a one.
 * @type {(compiler: string, flags: string[], output: string) => void}
 */
function compile(compiler, flags, output) {
  const unfinished = `${output}.${process.pid}`
  mkdirSync(dirname(output), { recursive: true })
  try {
    const files = sources().filter((name) => name.endsWith('.c'))
    const { status, stderr, error } = spawnSync(compiler, [...always, ...flags, '-o', unfinished, ...files])
    if (status !== 0) throw new Error(`supervisor: ${compiler} could not compile it:\n${stderr ?? error}`)
    renameSync(unfinished, output)
  } finally {
    rmSync(unfinished, { force: true })
  }
}

/**
 * Static where the C library is there for it: that runs on every Linux of its kind. Says how it was linked.
 * @type {(compiler: string, output: string, kind: Kind) => string}
 */
function compileAs(compiler, output, kind) {
  if (kind === 'release') {
    try {
      compile(compiler, [...kinds.release, '-static'], output)
      return 'static'
    } catch {
      // Without it, or with a mistake in the sources, which comes up again.
    }
  }
  compile(compiler, kinds[kind], output)
  return kind === 'release' ? 'dynamic' : kind
}

/**
 * Builds the supervisor unless that is done, and says what it did. Throws where it cannot be compiled; where there is no
 * compiler, there is no `output`.
 * @param {{ target?: string | undefined, output?: string | undefined, kind?: Kind | undefined }} [options]
 * @returns {{ output?: string, message: string }}
 */
export function build({ target = ownTarget(), output = binaryOf(target), kind = 'release' } = {}) {
  const without = 'exact order and containment are not available from this checkout'
  if (!(target in crossCompilers)) return { message: `supervisor: there is none for ${target}, so ${without}` }
  if (isUpToDate(output)) return { output, message: `supervisor: ${output} is up to date` }
  const compiler = findCompiler(target)
  if (compiler === undefined) {
    const wanted = target === ownTarget() ? 'no C compiler ($CC, cc, gcc, clang)' : `no ${crossCompilers[target]}`
    return { message: `supervisor: ${wanted} to build it for ${target} with, so ${without}` }
  }
  const linked = compileAs(compiler, output, kind)
  return { output, message: `supervisor: built ${output} with ${compiler}, ${linked}` }
}

/** @type {(args: string[]) => Parameters<typeof build>[0]} */
function parse(args) {
  /** @type {NonNullable<Parameters<typeof build>[0]>} */
  const options = {}
  for (const arg of args) {
    const [name, value] = arg.split(/=(.*)/s)
    if (name === '--target') options.target = value
    else if (name === '--output') options.output = value
    else if (arg === '--sanitize') options.kind = 'sanitize'
    else if (arg === '--debug') options.kind = 'debug'
    else throw new Error(`build.mjs: unknown argument '${arg}'`)
  }
  // A binary with sanitizers in the place of the one that is shipped would be taken for it.
  if (options.kind !== undefined && options.output === undefined)
    throw new Error(`build.mjs: --${options.kind} needs --output=, the path of the binary`)
  return options
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    console.log(build(parse(process.argv.slice(2))).message)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
