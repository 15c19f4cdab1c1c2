import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = join(tmpdir(), 'rivulet-bench')

/** What is repeated, about a MiB of it. */
const linesPerBlock = 14_000

const texts = {
  ascii: (i) => `2024-05-17T09:${i % 60}:00.000Z INFO  [worker-${i % 7}] request ${i * 7919} took ${i % 997} ms\n`,
  mixed: (i) => `${i} größer Straße café — naïve Übergröße, ${i % 2 ? 'Привет, мир' : '日本語のログ'} №${i % 997}\n`,
}

/** A log of at least that many MiB, and how many lines it has. It is made before anything is timed. */
export function logFile(kind, mebibytes) {
  const block = Buffer.from(Array.from({ length: linesPerBlock }, (_, i) => texts[kind](i)).join(''))
  const blocks = Math.ceil((mebibytes * 2 ** 20) / block.length)
  const path = join(folder, `${kind}-${mebibytes}.log`)
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(`${path}.part`, '')
    for (let i = 0; i < blocks; i++) appendFileSync(`${path}.part`, block)
    renameSync(`${path}.part`, path)
  }
  return { path, lines: linesPerBlock * blocks }
}

export function removeLogFiles() {
  rmSync(folder, { recursive: true, force: true })
}
