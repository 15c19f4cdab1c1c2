// The ways to run a program to its end: each gives a function of the file.
import { spawn } from 'node:child_process'

export const raw = {
  name: 'raw spawn',
  load: async () => (file) =>
    new Promise((resolve) => spawn(file, [], { stdio: ['ignore', 'pipe', 'pipe'] }).on('close', resolve)),
}

export const rivulet = {
  name: 'rivulet',
  load: async () => {
    const { run } = await import('rivulet/process')
    return (file) => run(file).wait()
  },
}

export const runPeers = [
  {
    name: 'execa',
    weaker: 'no group, no guard',
    load: async () => {
      const { execa } = await import('execa')
      return (file) => execa(file, [], { stdin: 'ignore' })
    },
  },
  {
    name: 'nano-spawn',
    weaker: 'no group, no guard',
    load: async () => {
      const { default: nanoSpawn } = await import('nano-spawn')
      return (file) => nanoSpawn(file, [])
    },
  },
  {
    name: 'tinyexec',
    weaker: 'no group, no guard',
    load: async () => {
      const { x } = await import('tinyexec')
      return (file) => x(file, [])
    },
  },
  {
    name: 'zx',
    weaker: 'no guard; a shell',
    load: async () => {
      const { $ } = await import('zx')
      return (file) => $({ quiet: true })`${file}`
    },
  },
]
