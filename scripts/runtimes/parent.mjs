// A program that uses the runner and dies, or ends, as it is told: node parent.mjs <what> <how>
import process from 'node:process'
import { setInterval } from 'node:timers'
import { run } from 'rivulet/process'

const [what = '', how = ''] = process.argv.slice(2)

/** @type {Record<string, () => unknown>} */
const deaths = {
  'process.exit()': () => process.exit(0),
  'an uncaught throw': () => {
    throw new Error('meant to be uncaught')
  },
  'process.abort()': () => process.abort(),
}

/** @type {Record<string, () => unknown>} */
const parts = {
  /** Starts programs that do not end by themselves, and dies, or waits for a signal. */
  async dying() {
    const scripts = [
      'echo; exec sleep 300',
      'sleep 300 & exec yes',
      `trap '' TERM HUP INT; echo; while :; do sleep 0.1; done`,
    ]
    const programs = scripts.map((script) => run('sh', ['-c', script]))
    const quiet = run('sleep', ['300'])
    quiet.wait().catch(() => undefined)
    await Promise.all(programs.map((program) => program.next()))
    process.stdout.write('started\n')
    setInterval(() => undefined, 1000)
    // It is told when to, so that its guard can be looked for before.
    process.stdin.once('data', () => deaths[how]?.())
  },
  /** Begins more programs than can have been started when it is killed. */
  storm() {
    process.stdout.write('started\n')
    for (let i = 0; i < 300; i++)
      run('sleep', ['300'])
        .wait()
        .catch(() => undefined)
    setInterval(() => undefined, 1000)
  },
  /** Starts programs through the supervisor, one of which leaves its group, and waits for a signal. */
  async supervised() {
    const scripts = ['sleep 300 & exec yes', `setsid sh -c 'echo; exec sleep 300' & wait`]
    const programs = scripts.map((script) => run('sh', ['-c', script], { order: 'exact', contain: true }))
    await Promise.all(programs.map((program) => program.next()))
    process.stdout.write('started\n')
    setInterval(() => undefined, 1000)
  },
  /** Ends by itself. */
  async once() {
    await run('true').wait()
    process.stdout.write('started\n')
  },
  /** Lets a program write to our own stderr. */
  async inherit() {
    for await (const chunk of run('sh', ['-c', 'echo to-stderr >&2; echo out']).stdout({ stderr: 'inherit' }))
      process.stdout.write(chunk)
  },
}
await parts[what]?.()
