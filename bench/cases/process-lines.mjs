import { spawn } from 'node:child_process'
import { logFile } from '../lib/log-file.mjs'
import { linePeers, readline, rivulet, rivuletBatches } from '../peers/run-lines.mjs'

const logs = new Map()

/** Made at the first, uncounted run of a side. */
function log(kind, mebibytes) {
  const key = `${kind} ${mebibytes}`
  const made = logs.get(key) ?? logFile(kind, mebibytes)
  logs.set(key, made)
  return made
}

/** `cat log | wc -l`: what the machine can do. */
const pipeline = {
  name: 'cat log | wc -l',
  prepare: () => (mebibytes) =>
    new Promise((resolve) => {
      const { path } = log('ascii', mebibytes)
      spawn('sh', ['-c', 'cat "$0" | wc -l', path], { stdio: 'ignore' }).on('close', () => resolve())
    }),
}

const counting = (kind, { name, weaker, load }) => ({
  name,
  weaker,
  prepare: async () => {
    const countLines = await load()
    return async (mebibytes) => {
      const { path, lines } = log(kind, mebibytes)
      const counted = await countLines('cat', [path])
      if (counted !== lines) throw new Error(`${counted} of ${lines} lines came`)
    }
  },
})

/** The lines of a program that prints a log of 1 GiB. */
export const rows = [
  {
    work: 'lineBatches() of a log of 1 GiB',
    target: 0.8,
    items: 1024,
    quickItems: 64,
    baseline: pipeline,
    contenders: [counting('ascii', rivuletBatches)],
  },
  {
    work: 'lines() of a log of 1 GiB',
    target: 2,
    items: 1024,
    quickItems: 64,
    baseline: pipeline,
    contenders: [rivulet, ...linePeers].map((reader) => counting('ascii', reader)),
  },
  {
    work: 'lines() of 256 MiB with much that is not ASCII',
    target: 0.6,
    items: 256,
    quickItems: 32,
    baseline: counting('mixed', readline),
    contenders: [counting('mixed', rivulet)],
  },
]
