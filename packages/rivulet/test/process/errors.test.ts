import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { ExitError, run, SpawnError, type RunOptions } from '../../src/process/index.ts'
import { fixturePath } from '../support/fixture.ts'
import { readAll, rejectionOf, shell } from '../support/programs.ts'
import { settle } from '../support/turn.ts'
import { collectUnhandled } from '../support/unhandled.ts'

const folder = mkdtempSync(join(tmpdir(), 'rivulet-errors-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, content: string, mode = 0o755): string => {
  const path = join(folder, name)
  writeFileSync(path, content, { mode })
  return path
}
const orphaned = file('orphaned', '#!/no/such/interpreter\n')
const plain = file('plain', 'text', 0o644)

describe('run() refuses', () => {
  const missing = join(folder, 'missing')
  const refusals: [what: string, file: string, args: string[], options: RunOptions, code: string, why: string][] = [
    ['a program that is not there', 'no-such-program', [], {}, 'ENOENT', 'not found on PATH'],
    ['a path that is not there', missing, [], {}, 'ENOENT', 'there is no such file'],
    ['a path that is not there from its cwd', './missing', [], { cwd: folder }, 'ENOENT', 'there is no such file'],
    ['a script whose interpreter is not there', orphaned, [], {}, 'ENOENT', 'the interpreter that it names'],
    [
      'a script whose interpreter is not there, from its cwd',
      './orphaned',
      [],
      { cwd: folder },
      'ENOENT',
      'interpreter',
    ],
    ['a file that is not executable', plain, [], {}, 'EACCES', 'not executable'],
    ['a folder', folder, [], {}, 'EACCES', 'not executable'],
    ['a cwd that is not there, and says so', 'ls', [], { cwd: missing }, 'ENOENT', `its cwd '${missing}' does not`],
    ['a cwd given as a URL', 'ls', [], { cwd: pathToFileURL(missing) }, 'ENOENT', `its cwd '${missing}' does not`],
    ['a cwd that is a file', 'ls', [], { cwd: plain }, 'ENOTDIR', `its cwd '${plain}' is not a directory`],
    ['arguments that are too long', 'echo', ['x'.repeat(3_000_000)], {}, 'E2BIG', 'too long'],
    ['a NUL byte in an argument', 'echo', ['a\0b'], {}, 'ERR_INVALID_ARG_VALUE', 'NUL byte'],
    ['a NUL byte in the environment', 'echo', [], { env: { A: 'a\0b' } }, 'ERR_INVALID_ARG_VALUE', 'NUL byte'],
    ['a NUL byte in the cwd', 'echo', [], { cwd: 'a\0b' }, 'ERR_INVALID_ARG_VALUE', 'NUL byte'],
  ]
  test.each(refusals)('%s, with a SpawnError from the first next()', async (_, program, args, options, code, why) => {
    const unhandled = collectUnhandled()
    const child = run(program, args, { ...options, check: false })
    const error = (await rejectionOf(child.next())) as SpawnError
    expect(error).toBeInstanceOf(SpawnError)
    expect(error).toMatchObject({ code, command: [program, ...args] })
    expect(error.cause).toBeInstanceOf(Error)
    expect(error.message).toContain(`Cannot start '${program}': `)
    expect(error.message).toContain(why)
    expect(error.message).toContain(`(${code})`)
    expect(await child.status).toMatchObject({ reason: 'failed', code: null, signalCode: null, startedAt: null })
    expect(await child.next()).toEqual({ done: true, value: undefined })
    expect(child.pid).toBeUndefined()
    await settle()
    expect(unhandled.stop()).toEqual([])
  })

  test('it with the error that the system gave as its cause, also where there is input to be written', async () => {
    let isAsked = false
    const input = {
      [Symbol.asyncIterator]: () => {
        isAsked = true
        return { next: () => Promise.resolve({ done: true as const, value: undefined }) }
      },
    }
    const error = await rejectionOf(run('no-such-program', [], { input }).wait())
    expect(error).toMatchObject({ code: 'ENOENT', cause: { code: 'ENOENT', syscall: 'spawn no-such-program' } })
    expect(isAsked).toBe(false)
  })
})

/** Runs a fixture under a limit of the system's. */
async function atTheLimit(limit: string, ...args: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await run('prlimit', [limit, process.execPath, fixturePath('at-the-limit'), ...args]).collect()
  return JSON.parse(stdout) as Record<string, unknown>
}

/** The processes and threads of a user. */
function countOf(uid: number): number {
  let count = 0
  for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'latin1')
      if (/^Uid:\s+(\d+)/m.exec(status)?.[1] === String(uid)) count += Number(/^Threads:\s+(\d+)/m.exec(status)?.[1])
    } catch {
      // It has ended meanwhile.
    }
  }
  return count
}

describe('the limits of the system', () => {
  const sleep = ['sleep', '300']

  test('too many open files are a SpawnError, and nothing stays behind', async () => {
    const result = await atTheLimit('--nofile=60', 'files')
    expect(result).toMatchObject({
      error: { name: 'SpawnError', code: 'EMFILE', command: sleep, cause: 'EMFILE' },
      reasons: ['killed', 'failed'],
      again: 0,
      unhandled: [],
    })
    // Node itself loses one pair where the second of a program's pipes is one too many.
    expect(Number(result.descriptors) - Number(result.before)).toBeLessThanOrEqual(2)
    expect(result.error).toHaveProperty('message', expect.stringContaining('too many files are open'))
  })

  test('too many processes are a SpawnError, and nothing stays behind', async () => {
    const isSuperuser = process.getuid?.() === 0
    const uid = isSuperuser ? 54321 : (process.getuid?.() ?? 0)
    const most = countOf(uid) + 60
    const result = await atTheLimit(`--nproc=${String(most)}`, 'processes', ...(isSuperuser ? [String(uid)] : []))
    expect(result).toMatchObject({
      error: { name: 'SpawnError', code: 'EAGAIN', command: sleep, cause: 'EAGAIN' },
      reasons: ['killed', 'failed'],
      again: 0,
      unhandled: [],
      descriptors: result.before,
    })
    expect(result.error).toHaveProperty('message', expect.stringContaining('too many processes are running'))
  })

  test('a refusal that Node throws is a SpawnError as well, of each run', async () => {
    const flag = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission'
    const words = [flag, '--allow-fs-read=*', '--no-warnings', fixturePath('refused')]
    const { stdout } = await run(process.execPath, words).collect()
    const refused = { name: 'SpawnError', code: 'ERR_ACCESS_DENIED', reason: 'failed' }
    expect(JSON.parse(stdout)).toEqual([refused, refused])
  })

  test('a guard that cannot be started is the SpawnError of the run, which is not started without it', async () => {
    const result = await atTheLimit('--nofile=60', 'guard')
    expect(result).toMatchObject({ error: { name: 'SpawnError', code: 'EMFILE', command: ['true'] }, again: 0 })
    expect(result.error).toHaveProperty('message', expect.stringContaining('its guard cannot be started'))
    expect(result.unhandled).toEqual([])
  })
})

describe('ExitError', () => {
  test('has the command, the code, the reason and the end of stderr, and its message shows the last lines', async () => {
    const error = await rejectionOf(shell('seq 1 20 >&2; echo "why" >&2; exit 3').wait())
    expect(error).toBeInstanceOf(ExitError)
    expect(error).toMatchObject({
      code: 3,
      signalCode: null,
      reason: 'exited',
      command: ['sh', '-c', expect.any(String)],
    })
    const { message, stderr } = error as ExitError
    expect(message).toMatch(/^'sh -c .*' exited with code 3\n12\n13\n[^]*\n20\nwhy$/)
    expect(stderr).toBe(`${Array.from({ length: 20 }, (_, at) => `${String(at + 1)}\n`).join('')}why\n`)
  })

  test('comes after the last output, once', async () => {
    const lines = shell('echo out; exit 3').lines()
    expect((await lines.next()).value).toEqual(['stdout', 'out'])
    expect(await rejectionOf(lines.next())).toMatchObject({ code: 3 })
    expect(await lines.next()).toEqual({ done: true, value: undefined })
  })

  test('tells the signal that ended the program', async () => {
    const error = await rejectionOf(readAll(shell('kill -KILL $$')))
    expect(error).toMatchObject({ code: null, signalCode: 'SIGKILL', reason: 'exited' })
    expect((error as ExitError).message).toContain('was ended by SIGKILL')
  })

  test('is not what leaving throws, however the program ends', async () => {
    const child = shell(`trap 'exit 9' TERM; echo; while :; do sleep 0.01; done`)
    for await (const _ of child) break
    expect(await child.status).toMatchObject({ reason: 'killed', code: 9 })
  })
})
