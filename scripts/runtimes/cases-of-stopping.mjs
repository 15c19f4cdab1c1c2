// Cases of stopping: every kind of program in every way, many at once, many in a row.
import assert from 'node:assert/strict'
import { run } from 'rivulet/process'
import { assertNoneLives, comesTrue, makeCookie, openDescriptors, stateOf, unreaped } from './probe.mjs'

/**
 * @typedef {import('rivulet/process').Run} Run
 * @typedef {object} Program
 * @property {string} script prints when it is as it is to be when it is stopped
 * @property {string} endedBy the signal that its leader ends with
 * @property {number} [killAfterMs]
 * @property {boolean} [isHalted] whether it stops itself after what it prints
 * @property {boolean} [isLoud] whether it goes on printing
 *
 * @typedef {object} Subject a program that is not started yet
 * @property {(options?: { signal?: AbortSignal, timeoutMs?: number }) => Run} make
 * @property {() => Promise<void>} ready resolves when it has become what it is to be
 * @property {boolean} isLoud
 */

/** @type {Record<string, Program>} */
const programs = {
  yes: { script: 'exec yes', endedBy: 'SIGTERM', isLoud: true },
  'a quiet sleep': { script: 'echo; exec sleep 300', endedBy: 'SIGTERM' },
  'sleep 300 & yes': { script: 'sleep 300 & exec yes', endedBy: 'SIGTERM', isLoud: true },
  'a leader that ignores SIGTERM': {
    script: `trap '' TERM; echo; while :; do sleep 0.1; done`,
    endedBy: 'SIGKILL',
    killAfterMs: 200,
  },
  'a member that ignores SIGTERM': {
    script: `sh -c "trap '' TERM; echo; while :; do sleep 0.1; done" & exec sleep 300`,
    endedBy: 'SIGTERM',
    killAfterMs: 200,
  },
  'a program that stopped itself': { script: 'echo; kill -STOP $$; sleep 300', endedBy: 'SIGTERM', isHalted: true },
  // Not without end, so that the machine survives a runner that does not stop it.
  'a fork bomb': {
    script: 'i=0; while [ $i -lt 2000 ]; do sleep 300 & i=$((i+1)); [ $i = 200 ] && echo; done; wait',
    endedBy: 'SIGTERM',
  },
}

/** Each stops the subject, and gives the reason that its status is to tell. @type {Record<string, (subject: Subject) => Promise<string>>} */
const ways = {
  async break({ make, ready }) {
    for await (const [name] of make()) {
      assert.equal(name, 'stdout')
      await ready()
      break
    }
    return 'killed'
  },
  async 'a throw in the loop'({ make, ready }) {
    const thrown = new Error('meant')
    const loop = async () => {
      for await (const [name] of make()) {
        assert.equal(name, 'stdout')
        await ready()
        throw thrown
      }
    }
    await assert.rejects(loop(), (error) => error === thrown)
    return 'killed'
  },
  async abort({ make, ready }) {
    const controller = new globalThis.AbortController()
    const child = make({ signal: controller.signal })
    await child.next()
    await ready()
    const reading = readAll(child)
    controller.abort(0)
    await assert.rejects(reading, (error) => error === 0)
    return 'aborted'
  },
  async timeout({ make }) {
    await assert.rejects(readAll(make({ timeoutMs: 500 })), { name: 'ExitError', reason: 'timeout' })
    return 'timeout'
  },
  async dispose({ make, ready }) {
    const child = make()
    await child.next()
    await ready()
    await child[Symbol.asyncDispose]()
    return 'killed'
  },
  async 'return() while next() waits'({ make, ready, isLoud }) {
    const child = make()
    await child.next()
    await ready()
    const waiting = child.next()
    const returned = child.return()
    const { done } = await waiting
    assert.ok(done === true || isLoud, 'next() gave what nobody printed')
    await returned
    return 'killed'
  },
}

/** @type {(child: Run) => Promise<void>} */
async function readAll(child) {
  for await (const [name] of child) assert.equal(name, 'stdout')
}

/** @type {(program: Program, way: (subject: Subject) => Promise<string>) => Promise<void>} */
async function stop({ script, endedBy, killAfterMs, isHalted, isLoud }, way) {
  const cookie = makeCookie()
  /** @type {Run | undefined} */
  let child
  const reason = await way({
    make: (options) => (child = run('sh', ['-c', script], { ...options, env: cookie.env, killAfterMs })),
    ready: async () => {
      if (isHalted === true)
        assert.ok(await comesTrue(() => stateOf(child?.pid) === 'T', 10_000), 'it did not stop itself')
    },
    isLoud: isLoud === true,
  })
  assertNoneLives(cookie)
  assert.deepEqual(unreaped(), [], 'zombies')
  const status = await child?.status
  assert.equal(status?.reason, reason)
  assert.equal(status?.signalCode, endedBy)
  assert.equal(status?.code, null)
}

/** @type {Record<string, () => Promise<void>>} */
export const stoppingCases = {}
for (const [kind, program] of Object.entries(programs)) {
  for (const [how, way] of Object.entries(ways)) {
    stoppingCases[`${kind} is ended by ${how}, and nobody of its group lives`] = () => stop(program, way)
  }
}

Object.assign(stoppingCases, {
  async 'a program that prints nothing is stopped while the first next() waits'() {
    const cookie = makeCookie()
    const child = run('sleep', ['300'], { env: cookie.env })
    const waiting = child.next()
    await child.return()
    assert.equal((await waiting).done, true)
    assertNoneLives(cookie)
    assert.equal((await child.status).reason, 'killed')
  },

  async 'an aborted signal starts nothing'() {
    const child = run('sleep', ['300'], { signal: globalThis.AbortSignal.abort('before') })
    await assert.rejects(child.wait(), (error) => error === 'before')
    assert.equal((await child.status).startedAt, null)
    assert.equal(child.pid, undefined)
  },

  async 'three hundred at once are stopped, and none lives'() {
    const cookie = makeCookie()
    const one = async () => {
      for await (const [name] of run('yes', [], { env: cookie.env })) {
        assert.equal(name, 'stdout')
        break
      }
    }
    await Promise.all(Array.from({ length: 300 }, one))
    assertNoneLives(cookie)
    assert.deepEqual(unreaped(), [], 'zombies')
  },

  async 'thirty at once that print more than they may are stopped, and none lives'() {
    const cookie = makeCookie()
    const script = 'printf 12345678901; exec sleep 300'
    const one = () => run('sh', ['-c', script], { env: cookie.env, maxOutputBytes: 10, check: false }).wait()
    for (let round = 0; round < 3; round++) {
      const statuses = await Promise.all(Array.from({ length: 30 }, one))
      const ends = statuses.map(({ reason, signalCode }) => `${reason} ${signalCode}`)
      assertNoneLives(cookie)
      assert.deepEqual([...new Set(ends)], ['limit SIGTERM'])
    }
  },

  async 'a hundred in a row leave neither a descriptor nor a zombie'() {
    const one = async () => {
      await run('true').wait()
      for await (const [name] of run('yes')) {
        assert.equal(name, 'stdout')
        break
      }
    }
    await one()
    const before = openDescriptors()
    for (let i = 0; i < 50; i++) await one()
    assert.deepEqual(unreaped(), [], 'zombies')
    const isBack = await comesTrue(() => openDescriptors() <= before, 2000)
    assert.ok(isBack, `${openDescriptors()} descriptors are open, ${before} were before`)
  },
})
