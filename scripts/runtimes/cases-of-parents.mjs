// Cases of a parent that dies or ends: this runtime, started once more, with a program that uses the runner.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { assertNoneLives, comesTrue, endAll, guardsOf, isAlive, makeCookie } from './probe.mjs'

/** @typedef {import('node:child_process').ChildProcessWithoutNullStreams} Child */

const isBun = process.versions.bun !== undefined
const runtimeArgs = isBun ? ['run'] : process.versions.deno !== undefined ? ['run', '-A'] : []
const program = fileURLToPath(new URL('parent.mjs', import.meta.url))

/** Within which all has ended when the parent has. */
const promisedMs = 2000

/** @type {(args: string[], env?: Record<string, string | undefined>) => { child: Child, exited: Promise<unknown>, texts: Record<'stdout' | 'stderr', string>, started: () => Promise<void> }} */
function startParent(args, env = process.env) {
  const child = spawn(process.execPath, [...runtimeArgs, program, ...args], { env, stdio: 'pipe' })
  const texts = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => (texts.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text) => (texts.stderr += text))
  const started = async () => {
    const hasSaidSo = await comesTrue(() => texts.stdout.includes('started\n'), 20_000)
    assert.ok(hasSaidSo, `the parent did not start: ${texts.stderr}`)
  }
  return { child, exited: once(child, 'exit'), texts, started }
}

/** @type {(how: string, die: (child: Child) => void) => [string, () => Promise<void>]} */
function death(how, die) {
  const dies = async () => {
    const cookie = makeCookie()
    const { child, exited, started } = startParent(['dying', how], cookie.env)
    await started()
    const guards = guardsOf(child.pid)
    assert.equal(guards.length, 1, 'guards')
    assert.ok(cookie.living().length >= 6, 'not all of its programs were found')
    die(child)
    await exited
    await comesTrue(() => cookie.living().length === 0 && !guards.some(isAlive), promisedMs)
    assertNoneLives(cookie)
    assert.deepEqual(guards.filter(isAlive), [], 'the guard lives')
  }
  return [`what a parent started, and its guard, end with it when it dies by ${how}`, dies]
}

/** @type {(how: NodeJS.Signals) => [string, () => Promise<void>]} */
const killed = (how) => death(how, (child) => child.kill(how))

/** @type {(how: string) => [string, () => Promise<void>]} */
const dying = (how) => death(how, (child) => child.stdin.write('now\n'))

/** @type {Record<string, () => Promise<void>>} */
export const parentCases = {
  ...Object.fromEntries([
    ...[killed('SIGKILL'), killed('SIGTERM'), killed('SIGHUP')],
    ...[dying('process.exit()'), dying('an uncaught throw'), dying('process.abort()')],
  ]),

  async 'a parent that is killed in the middle of starting three hundred leaves none, six times'() {
    let leftOnBun = 0
    for (let round = 0; round < 6; round++) {
      const cookie = makeCookie()
      const { child, exited, started } = startParent(['storm'], cookie.env)
      await started()
      await sleep(Math.random() * 300)
      child.kill('SIGKILL')
      await exited
      await comesTrue(() => cookie.living().length === 0, promisedMs)
      const left = cookie.living()
      if (!isBun || left.length > 1) assertNoneLives(cookie)
      leftOnBun += left.length
      endAll(left)
    }
    // Bun writes to the guard only at the end of the turn, so that it has not heard of the start that was under way.
    if (leftOnBun > 0)
      console.log(`known limit on bun: of 6 parents killed while they start programs ${leftOnBun} left one`)
  },

  async 'what a parent started through the supervisor ends with it when it dies by SIGKILL'() {
    const cookie = makeCookie()
    const { child, exited, started } = startParent(['supervised'], cookie.env)
    await started()
    child.kill('SIGKILL')
    await exited
    await comesTrue(() => cookie.living().length === 0, promisedMs)
    assertNoneLives(cookie)
  },

  async 'the guard does not keep a parent from ending by itself, and ends with it'() {
    const { child, exited, started } = startParent(['once'])
    await started()
    const guards = guardsOf(child.pid)
    const hasExited = await Promise.race([exited, sleep(promisedMs, undefined, { ref: false })])
    assert.deepEqual(hasExited, [0, null], 'it was held up')
    assert.ok(await comesTrue(() => !guards.some(isAlive), promisedMs), 'the guard lives')
  },

  async 'a stream that is inherited goes where the stream of the parent goes'() {
    const { exited, texts } = startParent(['inherit'])
    await exited
    assert.ok(
      await comesTrue(() => texts.stdout === 'out\n' && texts.stderr === 'to-stderr\n', 2000),
      JSON.stringify(texts),
    )
  },
}
