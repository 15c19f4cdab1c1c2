import { describe, expect, test } from 'vitest'
import { run, SpawnError } from '../../src/process/index.ts'
import { makeCookie } from '../support/processes.ts'
import { readAll, rejectionOf, shell } from '../support/programs.ts'

const text = (chunks: Uint8Array[]): string => Buffer.concat(chunks).toString()

describe.each(['stdout', 'stderr'] as const)('%s() alone', (name) => {
  const other = name === 'stdout' ? 'stderr' : 'stdout'
  const [here, there] = name === 'stdout' ? ['', ' >&2'] : [' >&2', '']
  const only = (script: string, what?: 'discard' | 'keep' | 'inherit', check = true) => {
    const child = shell(script, { check })
    return { child, chunks: name === 'stdout' ? child.stdout({ stderr: what }) : child.stderr({ stdout: what }) }
  }

  test('gives its bytes, while the other is read and dropped, however much it is', async () => {
    const { child, chunks } = only(`yes | head -c 5000000${there}; echo mine${here}`)
    expect(text(await readAll(chunks))).toBe('mine\n')
    expect(child.kept).toBe('')
  })

  test('never deadlocks with a consumer that stalls while the other floods', async () => {
    const { chunks } = only(`echo a${here}; yes | head -c 5000000${there}; echo b >&2; echo c`)
    const first = await chunks.next()
    // The program comes to its end while nobody asks for more: what it floods is read all the same.
    expect(text([first.value!])).toBe('a\n')
    const rest = text(await readAll(chunks))
    expect(rest).toBe(name === 'stdout' ? 'c\n' : 'b\n')
  })

  test("with 'keep' the last 65,536 bytes of the other are held", async () => {
    const { child, chunks } = only(`yes 0123456 | head -c 200000${there}; printf end${there}; echo mine${here}`, 'keep')
    expect(text(await readAll(chunks))).toBe('mine\n')
    expect(Buffer.byteLength(child.kept)).toBe(65_536)
    expect(child.kept.endsWith('0123456\nend')).toBe(true)
  })

  test("with 'inherit' the other is the very file that ours is", async () => {
    const fd = other === 'stdout' ? 1 : 2
    const files = [`/proc/$$/fd/${String(fd)}`, `/proc/${String(process.pid)}/fd/${String(fd)}`]
    const { chunks } = only(`files=$(readlink ${files.join(' ')}); echo "$files"${here}`, 'inherit')
    const [its, ours] = text(await readAll(chunks))
      .trim()
      .split('\n')
    expect(its).toBe(ours)
  })

  test('throws as the loop does, and leaving it stops the run', async () => {
    expect(await rejectionOf(readAll(only('exit 3').chunks))).toMatchObject({ name: 'ExitError', code: 3 })
    const { child, chunks } = only(`echo${here}; sleep 300`)
    for await (const _ of chunks) break
    expect(await child.status).toMatchObject({ reason: 'killed' })
  })

  test('is refused with an option that cannot be, and starts nothing', () => {
    const child = run('true')
    const bad = 'pipe' as 'keep'
    expect(() => (name === 'stdout' ? child.stdout({ stderr: bad }) : child.stderr({ stdout: bad }))).toThrow(/must be/)
    expect(child.pid).toBeUndefined()
  })
})

test('the stderr of an ExitError is there whatever the view', async () => {
  const script = 'echo out; echo why >&2; exit 3'
  const views = [
    (): Promise<unknown> => readAll(shell(script)),
    (): Promise<unknown> => readAll(shell(script).lines()),
    (): Promise<unknown> => readAll(shell(script).lineBatches()),
    (): Promise<unknown> => readAll(shell(script).events()),
    (): Promise<unknown> => readAll(shell(script).stdout()),
    (): Promise<unknown> => readAll(shell(script).stderr({ stdout: 'keep' })),
    (): Promise<unknown> => shell(script).collect(),
    (): Promise<unknown> => shell(script).wait(),
  ]
  for (const view of views) expect(await rejectionOf(view())).toMatchObject({ code: 3, stderr: 'why\n' })
})

test('a program reads what another one prints, as fast as it reads', async () => {
  const { env, living } = makeCookie()
  const counted = await run('wc', ['-c'], {
    env,
    input: run('head', ['-c', '3000000', '/dev/zero'], { env }).stdout(),
  }).collect()
  expect(counted.stdout.trim()).toBe('3000000')
  // The second stops reading: the first is ended with it.
  const producer = run('yes', [], { env })
  const taken = await run('head', ['-n', '2'], { env, input: producer.stdout() }).collect()
  expect(taken.stdout).toBe('y\ny\n')
  expect(await producer.status).toMatchObject({ reason: 'killed' })
  expect(living()).toEqual([])
})

describe('collect()', () => {
  test('gives both streams as text, and the status', async () => {
    const result = await shell(`printf '\\357\\273\\277caf\\303\\251\\n\\n'; printf 'e\\377' >&2; exit 4`, {
      check: false,
    }).collect()
    expect(result).toMatchObject({ stdout: 'café\n\n', stderr: 'e\ufffd', code: 4, reason: 'exited', drained: true })
  })

  test('of exactly as much as it may be is whole; one byte more stops the run', async () => {
    const { env, living } = makeCookie()
    const script = 'printf 12345; printf 678 >&2'
    expect(await shell(script).collect({ maxBytes: 8 })).toMatchObject({
      stdout: '12345',
      stderr: '678',
      reason: 'exited',
    })
    expect(await rejectionOf(shell(script).collect({ maxBytes: 7 }))).toMatchObject({
      name: 'ExitError',
      reason: 'limit',
    })
    const cut = await run('yes', [], { env, check: false }).collect({ maxBytes: 5 })
    expect(cut).toMatchObject({ stdout: 'y\ny\ny', reason: 'limit' })
    expect(living()).toEqual([])
  })

  test('holds at most 8 MiB unless it is told otherwise', async () => {
    const most = 8 * 1024 * 1024
    const exactly = await run('head', ['-c', String(most), '/dev/zero']).collect()
    expect(exactly.stdout.length).toBe(most)
    const error = await rejectionOf(run('head', ['-c', String(most + 1), '/dev/zero']).collect())
    expect(error).toMatchObject({ reason: 'limit' })
  })

  test.each([-1, 0.5, NaN, 2 ** 40])('is refused with maxBytes %d, and starts nothing', async (maxBytes) => {
    const child = run('true')
    expect(await rejectionOf(child.collect({ maxBytes }))).toBeInstanceOf(RangeError)
    expect(child.pid).toBeUndefined()
  })

  test('and wait() throw what the loop throws', async () => {
    for (const end of ['collect', 'wait'] as const) {
      expect(await rejectionOf(run('no-such-program')[end]())).toBeInstanceOf(SpawnError)
      expect(await rejectionOf(shell('exit 3')[end]())).toMatchObject({ name: 'ExitError', code: 3 })
      const signal = AbortSignal.abort('before')
      expect(await rejectionOf(run('true', [], { signal })[end]())).toBe('before')
      const controller = new AbortController()
      const pending = run('sleep', ['300'], { signal: controller.signal })[end]()
      controller.abort(null)
      expect(await rejectionOf(pending)).toBe(null)
    }
  })

  test('and wait() are views: a second one is a TypeError', async () => {
    const child = run('true')
    await child.wait()
    expect(await rejectionOf(child.collect())).toBeInstanceOf(TypeError)
    expect(await rejectionOf(child.wait())).toBeInstanceOf(TypeError)
    expect(() => child.stdout()).toThrow(TypeError)
    expect(() => child.events()).toThrow(TypeError)
  })
})

describe('maxOutputBytes', () => {
  test('delivers the bytes up to it, of both streams together, and then stops the run', async () => {
    const { env, living } = makeCookie()
    const child = run('sh', ['-c', 'yes & yes >&2'], { env, maxOutputBytes: 100_000 })
    let bytes = 0
    const reading = async (): Promise<void> => {
      for await (const [, chunk] of child) bytes += chunk.length
    }
    expect(await rejectionOf(reading())).toMatchObject({ name: 'ExitError', reason: 'limit' })
    expect(bytes).toBe(100_000)
    expect(await child.status).toMatchObject({ reason: 'limit' })
    expect(living()).toEqual([])
  })

  test('of 0 is for programs that are to print nothing', async () => {
    expect(await readAll(run('true', [], { maxOutputBytes: 0 }))).toEqual([])
    const child = shell('echo', { maxOutputBytes: 0, check: false })
    expect(await readAll(child)).toEqual([])
    expect(await child.status).toMatchObject({ reason: 'limit' })
  })

  test('gives the unfinished line of lines and batches at the cut, quietly with check: false', async () => {
    const options = { maxOutputBytes: 9, check: false }
    expect(await readAll(shell('printf "one\\ntwo\\nthree"', options).lines())).toEqual([
      ['stdout', 'one'],
      ['stdout', 'two'],
      ['stdout', 't'],
    ])
    const batches = await readAll(shell('printf "one\\ntwo\\nthree"', options).lineBatches())
    expect(batches.flatMap(([, batch]) => batch)).toEqual(['one', 'two', 't'])
  })
})
