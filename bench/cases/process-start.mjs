import { spawn } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { setImmediate } from 'node:timers'
import { raw, rivulet, runPeers } from '../peers/run-true.mjs'

const oneByOne = ({ name, weaker, load }) => ({
  name,
  weaker,
  prepare: async () => {
    const start = await load()
    return async (times) => {
      for (let i = 0; i < times; i++) await start('true')
    }
  },
})

const atOnce = ({ name, weaker, load }) => ({
  name,
  weaker,
  prepare: async () => {
    const start = await load()
    return async (times) => {
      await Promise.all(Array.from({ length: times }, () => start('true')))
    }
  },
})

/** How long one call of spawn holds up the event loop: the median of 20. */
const singleSpawn = {
  name: 'one raw spawn',
  prepare: async () => async () => {
    const stalls = []
    for (let i = 0; i < 20; i++) {
      const before = performance.now()
      const child = spawn('true', [], { stdio: ['ignore', 'pipe', 'pipe'] })
      stalls.push(performance.now() - before)
      await new Promise((resolve) => child.on('close', resolve))
    }
    return stalls.sort((a, b) => a - b)[10]
  },
}

const longestStall = ({ name, weaker, load }) => ({
  name,
  weaker,
  prepare: async () => {
    const start = await load()
    return async (times) => {
      let longest = 0
      let isOver = false
      let before = performance.now()
      const look = () => {
        const now = performance.now()
        longest = Math.max(longest, now - before)
        before = now
        if (!isOver) setImmediate(look)
      }
      setImmediate(look)
      await Promise.all(Array.from({ length: times }, () => start('true')))
      isOver = true
      return longest
    }
  },
})

const everyone = [rivulet, ...runPeers]

/** What a program costs beside the program itself. */
export const rows = [
  {
    work: 'start and end of `true`',
    target: 1.05,
    items: 10,
    quickItems: 10,
    baseline: oneByOne(raw),
    contenders: everyone.map(oneByOne),
  },
  {
    work: '300 programs at once',
    target: 1.1,
    items: 300,
    quickItems: 300,
    baseline: atOnce(raw),
    contenders: everyone.map(atOnce),
  },
  {
    work: 'the longest stall of the event loop while 300 programs start',
    target: 4,
    items: 300,
    quickItems: 300,
    baseline: singleSpawn,
    contenders: everyone.map(longestStall),
  },
]
