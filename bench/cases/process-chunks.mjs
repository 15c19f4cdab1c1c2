import { spawn } from 'node:child_process'
import { run } from 'rivulet/process'

/** A program that writes that many MiB of zeros, so many bytes at a time. */
const writer = (bytes, mebibytes) => [
  'dd',
  ['if=/dev/zero', `bs=${bytes}`, `count=${(mebibytes * 2 ** 20) / bytes}`, 'status=none'],
]

function check(bytes, mebibytes) {
  if (bytes !== mebibytes * 2 ** 20) throw new Error(`${bytes} bytes of ${mebibytes} MiB came`)
}

const events = (bytes) => ({
  name: "raw 'data' events",
  prepare: () => (mebibytes) =>
    new Promise((resolve) => {
      let total = 0
      const child = spawn(...writer(bytes, mebibytes), { stdio: ['ignore', 'pipe', 'pipe'] })
      child.stdout.on('data', (chunk) => (total += chunk.length))
      child.stderr.on('data', (chunk) => (total += chunk.length))
      child.on('close', () => {
        check(total, mebibytes)
        resolve()
      })
    }),
})

const rivulet = (bytes) => ({
  name: 'rivulet',
  prepare: () => async (mebibytes) => {
    let total = 0
    for await (const [, chunk] of run(...writer(bytes, mebibytes))) total += chunk.length
    check(total, mebibytes)
  },
})

/** The bytes of a program, by the size of its writes. */
export const rows = Object.entries({ '8 KiB': 8192, '64 KiB': 65_536, '1 MiB': 1_048_576 }).map(([size, bytes]) => ({
  work: `chunks of a program that writes ${size} at a time`,
  target: 1,
  items: 512,
  quickItems: 128,
  baseline: events(bytes),
  contenders: [rivulet(bytes)],
}))
