// The ways to read a program's lines: each gives a function of a command that counts them.
import { spawn } from 'node:child_process'

async function count(lines) {
  let total = 0
  for await (const line of lines) if (line !== null) total++
  return total
}

export const rivulet = {
  name: 'rivulet',
  load: async () => {
    const { run } = await import('rivulet/process')
    return (file, args) => count(run(file, args).lines())
  },
}

export const rivuletBatches = {
  name: 'rivulet',
  load: async () => {
    const { run } = await import('rivulet/process')
    return async (file, args) => {
      let total = 0
      for await (const [, lines] of run(file, args).lineBatches()) total += lines.length
      return total
    }
  },
}

export const readline = {
  name: 'node:readline',
  weaker: 'one stream, untagged; break leaves the program running',
  load: async () => {
    const { createInterface } = await import('node:readline')
    return (file, args) => {
      const { stdout } = spawn(file, args, { stdio: ['ignore', 'pipe', 'ignore'] })
      return count(createInterface({ input: stdout, crlfDelay: Infinity }))
    }
  },
}

export const linePeers = [
  readline,
  {
    name: 'split2',
    weaker: 'one stream, untagged; break leaves the program running',
    load: async () => {
      const { default: split } = await import('split2')
      return (file, args) => count(spawn(file, args, { stdio: ['ignore', 'pipe', 'ignore'] }).stdout.pipe(split()))
    },
  },
  {
    name: 'execa',
    weaker: 'untagged',
    load: async () => {
      const { execa } = await import('execa')
      return (file, args) => count(execa(file, args, { buffer: false, stdin: 'ignore' }))
    },
  },
  {
    name: 'nano-spawn',
    weaker: 'untagged; break hangs',
    load: async () => {
      const { default: nanoSpawn } = await import('nano-spawn')
      return (file, args) => count(nanoSpawn(file, args))
    },
  },
  {
    name: 'tinyexec',
    weaker: 'untagged; break leaves the program running',
    load: async () => {
      const { x } = await import('tinyexec')
      return (file, args) => count(x(file, args))
    },
  },
  {
    name: 'zx',
    weaker: 'untagged; break leaves the program running',
    load: async () => {
      const { $ } = await import('zx')
      return (file, args) => count($({ quiet: true })`${[file, ...args]}`)
    },
  },
]
