// Cases of reading what a program prints, of its end, its start and what it is given.
import assert from 'node:assert/strict'
import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import { mergeKeyed, ticks } from 'rivulet'
import { run } from 'rivulet/process'
import { assertNoneLives, comesTrue, isAlive, makeCookie, residentMb } from './probe.mjs'

/** @type {(script: string, options?: import('rivulet/process').RunOptions) => import('rivulet/process').Run} */
const shell = (script, options) => run('sh', ['-c', script], options)

/** @type {<T>(source: AsyncIterable<T>) => Promise<T[]>} */
async function all(source) {
  const items = []
  for await (const item of source) items.push(item)
  return items
}

/** @type {Record<string, () => Promise<void>>} */
export const readingCases = {
  async 'lines of both streams come with their names'() {
    const seen = await all(shell('echo out; echo err >&2').lines())
    assert.deepEqual(seen.sort(), [
      ['stderr', 'err'],
      ['stdout', 'out'],
    ])
  },

  async 'batches of lines lose none of a hundred thousand'() {
    let count = 0
    for await (const [, batch] of shell('yes | head -n 100000').lineBatches()) count += batch.length
    assert.equal(count, 100_000)
  },

  async '200 KB that were unread when the program ended are read late'() {
    const child = shell('head -c 100000 /dev/zero >&2; head -c 100000 /dev/zero')
    let bytes = (await child.next()).value?.[1].length ?? 0
    const hasEnded = await comesTrue(() => !isAlive(child.pid ?? 0), 5000)
    assert.ok(hasEnded, 'it waited for its reader')
    await sleep(300)
    for await (const [, chunk] of child) bytes += chunk.length
    assert.equal(bytes, 200_000)
  },

  async 'pipes that a member of the group holds are let go after drainMs, and that is told'() {
    const cookie = makeCookie()
    const child = shell('sleep 30 & echo hi', { drainMs: 100, env: cookie.env })
    assert.deepEqual(await all(child.lines()), [['stdout', 'hi']])
    const { drained, code, reason } = await child.status
    assert.deepEqual({ drained, code, reason }, { drained: false, code: 0, reason: 'exited' })
    assertNoneLives(cookie)
  },

  async 'what a member of the group prints within drainMs is read'() {
    const child = shell('(sleep 1; echo late) & echo hi', { drainMs: 3000 })
    assert.deepEqual(await all(child.lines()), [
      ['stdout', 'hi'],
      ['stdout', 'late'],
    ])
    assert.equal((await child.status).drained, true)
  },

  async 'a reader that pauses holds no more, however much is printed after the exit'() {
    const cookie = makeCookie()
    const child = shell('yes & exit 0', { env: cookie.env })
    await child.next()
    await comesTrue(() => !isAlive(child.pid ?? 0), 5000)
    const before = residentMb()
    await sleep(1000)
    const grown = residentMb() - before
    assert.ok(grown < 16, `memory grew by ${grown.toFixed(1)} MB`)
    await child.return()
    assertNoneLives(cookie)
  },

  async 'a character that is split between reads, with stderr between them, is whole'() {
    const script = String.raw`printf 'caf\303'; sleep 0.2; printf x >&2; sleep 0.2; printf '\251\n'`
    assert.deepEqual((await all(shell(script).lines())).sort(), [
      ['stderr', 'x'],
      ['stdout', 'café'],
    ])
    const texts = { stdout: '', stderr: '' }
    for await (const event of shell(script).events()) if (event.type === 'output') texts[event.stream] += event.data
    assert.deepEqual(texts, { stdout: 'café\n', stderr: 'x' })
  },

  async 'a run is told by its events'() {
    const child = shell('echo hi; exit 3', { check: false })
    const events = await all(child.events())
    const [start, output, exit] = events
    assert.deepEqual(
      events.map(({ seq }) => seq),
      [1, 2, 3],
    )
    assert.ok(start?.type === 'start' && start.pid === child.pid && start.command[0] === 'sh')
    assert.ok(output?.type === 'output' && output.stream === 'stdout' && output.data === 'hi\n')
    assert.ok(exit?.type === 'exit' && exit.code === 3 && exit.signal === null && exit.reason === 'exited')
  },

  async 'one stream alone, and the end of the other kept'() {
    const child = shell('yes err | head -c 1000000 >&2; echo out')
    assert.equal(Buffer.concat(await all(child.stdout({ stderr: 'keep' }))).toString(), 'out\n')
    assert.equal(child.kept.length, 65_536)
    assert.deepEqual(await all(shell('echo out; echo err >&2').stderr({ stdout: 'discard' })), [
      new Uint8Array(Buffer.from('err\n')),
    ])
  },

  async 'a run is a source of a merge, and ends with it'() {
    const cookie = makeCookie()
    const seen = new Set()
    const child = shell('while :; do echo line; sleep 0.05; done', { env: cookie.env })
    for await (const [key] of mergeKeyed({ run: child.lines(), tick: ticks(20) })) {
      seen.add(key)
      if (seen.size === 2) break
    }
    assertNoneLives(cookie)
    assert.equal((await child.status).reason, 'killed')
  },

  async 'while thirty start at once the event loop gets a turn between starts'() {
    const programs = Array.from({ length: 30 }, () => run('true'))
    const count = () => programs.filter(({ pid }) => pid !== undefined).length
    const over = programs.map((program) => program.wait())
    const started = [count()]
    while (count() < 30) {
      await setImmediate()
      started.push(count())
    }
    await Promise.all(over)
    const most = Math.max(...started.map((now, index) => now - (started[index - 1] ?? 0)))
    assert.equal(most, 1, `${most} started in one turn: ${started.join(' ')}`)
  },

  async 'a signal that is sent reaches the program and ends nothing'() {
    const script = `trap 'echo got; exit 7' USR1; echo ready; while :; do sleep 0.01; done`
    const child = shell(script, { check: false })
    const seen = []
    for await (const [name, line] of child.lines()) {
      // The shell may tell on stderr of the sleep that the signal ended.
      if (name === 'stdout') seen.push(line)
      if (line === 'ready') assert.equal(child.kill('SIGUSR1'), true)
    }
    assert.deepEqual(seen, ['ready', 'got'])
    const { code, reason } = await child.status
    assert.deepEqual({ code, reason }, { code: 7, reason: 'exited' })
    assert.equal(child.kill('SIGUSR1'), false)
  },
}
