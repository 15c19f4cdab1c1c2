// Cases of starting a program: what it is given, what cannot start, and how its end is told.
import assert from 'node:assert/strict'
import process from 'node:process'
import { run } from 'rivulet/process'
import { openDescriptors } from './probe.mjs'

/** Deno tells of any cwd that cannot be used by this code. */
const noDirectory = process.versions.deno === undefined ? 'ENOTDIR' : 'ENOENT'

/** @type {(name: string, start: () => import('rivulet/process').Run, code: string, message: string) => [string, () => Promise<void>]} */
function refusal(name, start, code, message) {
  const refused = async () => {
    const child = start()
    await assert.rejects(child.wait(), { name: 'SpawnError', code, message })
    const { reason, startedAt } = await child.status
    assert.deepEqual({ reason, startedAt }, { reason: 'failed', startedAt: null })
    await assert.rejects(start().next(), { name: 'SpawnError', code })
    await assert.rejects(start().events().next(), { name: 'SpawnError', code })
  }
  return [`${name} is a SpawnError`, refused]
}

/** @type {Record<string, () => Promise<void>>} */
export const startingCases = {
  ...Object.fromEntries([
    refusal(
      'a program that is not there',
      () => run('rivulet-nope'),
      'ENOENT',
      "Cannot start 'rivulet-nope': not found on PATH (ENOENT)",
    ),
    refusal(
      'a path that is not there',
      () => run('/rivulet/nope'),
      'ENOENT',
      "Cannot start '/rivulet/nope': there is no such file (ENOENT)",
    ),
    refusal(
      'a file that is not executable',
      () => run('/etc/passwd'),
      'EACCES',
      "Cannot start '/etc/passwd': it is not executable, or this user may not run it (EACCES)",
    ),
    refusal(
      'a folder that is not there',
      () => run('ls', [], { cwd: '/rivulet/nope' }),
      'ENOENT',
      "Cannot start 'ls': its cwd '/rivulet/nope' does not exist or cannot be entered (ENOENT)",
    ),
    refusal(
      'a folder that is a file',
      () => run('ls', [], { cwd: '/etc/passwd' }),
      noDirectory,
      `Cannot start 'ls': its cwd '/etc/passwd' is not a directory (${noDirectory})`,
    ),
    refusal(
      'an argument of 3 MB',
      () => run('echo', ['x'.repeat(3e6)]),
      'E2BIG',
      "Cannot start 'echo': its arguments and environment are too long for the system; pass less, or use input (E2BIG)",
    ),
    refusal(
      'an argument with a NUL byte',
      () => run('ls', ['a\0b']),
      'ERR_INVALID_ARG_VALUE',
      "Cannot start 'ls': its file, arguments, cwd or environment contain a NUL byte (ERR_INVALID_ARG_VALUE)",
    ),
  ]),

  async 'programs that cannot start leave no descriptor open'() {
    const one = () =>
      run('rivulet-nope', [], { input: 'x' })
        .wait()
        .catch(() => undefined)
    await one()
    const before = openDescriptors()
    for (let i = 0; i < 50; i++) await one()
    assert.ok(openDescriptors() <= before, `${openDescriptors()} descriptors are open, ${before} were before`)
  },

  async 'an exit code is an ExitError that tells what was on stderr'() {
    await assert.rejects(run('sh', ['-c', 'echo why >&2; exit 3']).wait(), {
      name: 'ExitError',
      code: 3,
      signalCode: null,
      reason: 'exited',
      stderr: 'why\n',
      message: "'sh -c echo why >&2; exit 3' exited with code 3\nwhy",
    })
    const { code } = await run('sh', ['-c', 'exit 3'], { check: false }).wait()
    assert.equal(code, 3)
  },

  async 'a signal that was not ours is an ExitError that names it'() {
    await assert.rejects(run('sh', ['-c', 'kill -KILL $$']).wait(), {
      name: 'ExitError',
      code: null,
      signalCode: 'SIGKILL',
      reason: 'exited',
    })
  },

  async 'more than collect may hold stops the run'() {
    await assert.rejects(run('yes').collect({ maxBytes: 10 }), {
      name: 'ExitError',
      reason: 'limit',
      message: "'yes' was ended by SIGTERM after its output limit",
    })
    const { stdout, stderr } = await run('sh', ['-c', 'printf 12345; printf 67890 >&2']).collect({ maxBytes: 10 })
    assert.deepEqual({ stdout, stderr }, { stdout: '12345', stderr: '67890' })
  },

  async 'the environment is passed exactly, and ours at the start without it'() {
    const exact = await run('/usr/bin/env', [], { env: { A: '1', B: undefined, C: '' } }).collect()
    assert.equal(exact.stdout, 'A=1\nC=\n')
    const child = run('/usr/bin/env')
    process.env.RIVULET_CASE_LATE = 'set before the start'
    const { stdout } = await child.collect()
    delete process.env.RIVULET_CASE_LATE
    const ours = Object.entries({ ...process.env, RIVULET_CASE_LATE: 'set before the start' })
    assert.deepEqual(stdout.trimEnd().split('\n').sort(), ours.map(([name, value]) => `${name}=${value}`).sort())
  },

  async 'stdin is empty without input'() {
    assert.equal((await run('cat').collect()).stdout, '')
  },

  async 'a string, bytes and an iterable are read as input'() {
    assert.equal((await run('cat', [], { input: 'añb' }).collect()).stdout, 'añb')
    assert.equal((await run('cat', [], { input: '' }).collect()).stdout, '')
    const bytes = Uint8Array.of(0, 255, 10)
    const chunks = []
    for await (const chunk of run('cat', [], { input: bytes }).stdout()) chunks.push(chunk)
    assert.deepEqual(Uint8Array.from(chunks.flatMap((chunk) => [...chunk])), bytes)
    const input = (async function* () {
      for (let i = 0; i < 1000; i++) yield i % 2 === 0 ? 'x'.repeat(1000) : new Uint8Array(1000).fill(120)
    })()
    assert.equal((await run('cat', [], { input }).collect()).stdout, 'x'.repeat(1e6))
  },

  async 'an endless input is closed when the program has read enough'() {
    let isClosed = false
    const input = (async function* () {
      try {
        for (;;) yield 'y\n'
      } finally {
        isClosed = true
      }
    })()
    assert.equal((await run('head', ['-n', '1'], { input }).collect()).stdout, 'y\n')
    assert.ok(isClosed, 'it was not closed')
  },

  async 'an input that is not read is no error'() {
    assert.equal((await run('true', [], { input: 'x'.repeat(1e6) }).wait()).code, 0)
    const stuck = { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }) }
    assert.equal((await run('true', [], { input: stuck }).wait()).code, 0)
  },

  async 'what the input throws is thrown'() {
    const thrown = new Error('meant')
    const input = (async function* () {
      yield 'x'
      throw thrown
    })()
    const child = run('cat', [], { input })
    await assert.rejects(child.wait(), (error) => error === thrown)
    assert.equal((await child.status).reason, 'failed')
  },
}
