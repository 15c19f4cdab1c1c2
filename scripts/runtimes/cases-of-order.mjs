// Cases of exact order and containment, which the supervisor gives.
import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { run, supervisorStatus } from 'rivulet/process'
import { assertNoneLives, makeCookie } from './probe.mjs'

/** @type {(script: string, options?: import('rivulet/process').RunOptions) => import('rivulet/process').Run} */
const shell = (script, options) => run('sh', ['-c', script], { order: 'exact', ...options })

/** @type {Record<string, () => Promise<void>>} */
export const orderCases = {
  async 'the supervisor is there'() {
    assert.deepEqual({ ...supervisorStatus(), path: '' }, { available: true, path: '' })
  },

  async 'five thousand lines come in the order in which they were written'() {
    const child = shell('n=0; while [ $n -lt 5000 ]; do n=$((n + 2)); echo $((n - 1)); echo $n >&2; done')
    let expected = 0
    for await (const [, line] of child.lines()) assert.equal(Number(line), ++expected)
    assert.equal(expected, 5000)
    assert.equal((await child.status).order, 'exact')
  },

  async 'ten megabytes lose no byte, also for a slow consumer'() {
    let bytes = 0
    for await (const [, chunk] of shell('head -c 10000000 /dev/zero')) {
      bytes += chunk.length
      await setImmediate()
    }
    assert.equal(bytes, 10_000_000)
  },

  async 'input, the exit code and stderr pass through'() {
    const { stdout, stderr, code } = await shell('cat; echo err >/dev/stderr; exit 3', {
      input: 'in',
      check: false,
    }).collect()
    assert.deepEqual({ stdout, stderr, code }, { stdout: 'in', stderr: 'err\n', code: 3 })
  },

  async 'a program that is not there is refused as without the supervisor'() {
    await assert.rejects(run('no-such-program', [], { order: 'exact' }).wait(), { name: 'SpawnError', code: 'ENOENT' })
  },

  async 'whoever leaves the group is ended when the run is left, and counted'() {
    const cookie = makeCookie()
    const child = shell(`setsid sh -c 'echo up; exec sleep 300' & wait`, { contain: true, env: cookie.env })
    await child.next()
    await child.return()
    assertNoneLives(cookie)
    assert.equal((await child.status).strays, 1)
  },

  async 'abort and timeout end it'() {
    const cookie = makeCookie()
    const aborted = shell('exec sleep 300', { signal: globalThis.AbortSignal.timeout(100), env: cookie.env })
    await assert.rejects(aborted.next(), { name: 'TimeoutError' })
    const late = shell('exec sleep 300', { timeoutMs: 50, env: cookie.env })
    await assert.rejects(late.wait(), { name: 'ExitError', reason: 'timeout' })
    assertNoneLives(cookie)
  },

  async 'fifty at once leave nothing'() {
    const cookie = makeCookie()
    await Promise.all(Array.from({ length: 50 }, () => shell('echo hi', { env: cookie.env }).wait()))
    assertNoneLives(cookie)
  },
}
