import { constants } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What the platforms of the supervisor are to npm, and to the system: `e_machine` in the header of a binary. */
export const platforms = [
  { name: 'linux-x64', os: 'linux', cpu: 'x64', machine: 62 },
  { name: 'linux-arm64', os: 'linux', cpu: 'arm64', machine: 183 },
]

/**
 * Why a binary is not one to publish for a machine: it would not run there, or not everywhere.
 *
 * @param {Buffer} bytes
 * @param {number} machine
 * @returns {string | undefined}
 */
export function whyNotFor(bytes, machine) {
  const isElf64 = bytes.length >= 64 && bytes.readUInt32BE(0) === 0x7f454c46 && bytes[4] === 2 && bytes[5] === 1
  if (!isElf64) return 'is no 64-bit little-endian ELF file'
  const itsMachine = bytes.readUInt16LE(18)
  if (itsMachine !== machine) return `is for machine ${itsMachine} instead of ${machine}`
  const start = Number(bytes.readBigUInt64LE(32))
  const size = bytes.readUInt16LE(54)
  const count = bytes.readUInt16LE(56)
  if (bytes.length < start + count * size) return 'ends within its headers'
  const asksForLoader = 3
  for (let at = 0; at < count; at++) {
    if (bytes.readUInt32LE(start + at * size) === asksForLoader) return 'is not static: it needs a libc of its own kind'
  }
  return undefined
}

/**
 * Why the binary in a platform's folder cannot be published; undefined where it can.
 *
 * @param {string} supervisor The folder with `src` and the platforms' folders.
 * @param {{ name: string, machine: number }} platform
 * @returns {Promise<string | undefined>}
 */
export async function whyNotPublishable(supervisor, { name, machine }) {
  const path = join(supervisor, name, 'bin/rivulet-supervisor')
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) return `${name}/bin/rivulet-supervisor is not there: ${howToBuild(name)}`
  const sources = await readdir(join(supervisor, 'src'), { recursive: true })
  const changed = await Promise.all(sources.map(async (file) => (await stat(join(supervisor, 'src', file))).mtimeMs))
  if (Math.max(...changed) > found.mtimeMs)
    return `${name}/bin/rivulet-supervisor is older than its source: ${howToBuild(name)}`
  if ((found.mode & constants.S_IXUSR) === 0) return `${name}/bin/rivulet-supervisor is not executable`
  const why = whyNotFor(await readFile(path), machine)
  return why === undefined ? undefined : `${name}/bin/rivulet-supervisor ${why}`
}

/** @param {string} name */
function howToBuild(name) {
  return `build it by node packages/supervisor/build.mjs --target=${name}`
}
