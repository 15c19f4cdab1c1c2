import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import { bash, inFolder, Rivulet, script } from '../../support/rivulet.ts'
import { stubborn, until, untilTold } from '../../support/scripts.ts'

// What a script left to say that it listens is not said for the next one.
beforeEach(() => {
  for (const name of ['told.ready', 'stubborn.ready']) rmSync(inFolder(name), { force: true })
})

function lines(text: string): string[] {
  return text.replace(/\n$/, '').split('\n').toSorted()
}

describe('several commands', () => {
  test('are marked with their names, padded to one width', () => {
    const { status, stdout } = bash('rivulet run -n api -- echo a ::: -n database -- echo b')
    expect(lines(stdout)).toEqual(['api      out | a', 'database out | b'])
    expect(status).toBe(0)
  })

  test('run at the same time', () => {
    const first = script('first', `touch ${inFolder('a')}; ${until('b')}; echo first`)
    const second = script('second', `touch ${inFolder('b')}; ${until('a')}; echo second`)
    const { status, stdout } = bash(`rivulet run --prefix '' ${first} ::: ${second}`)
    expect([status, lines(stdout)]).toEqual([0, ['first', 'second']])
  })

  test('with --jobs 1 run one after the other, in order', () => {
    const alone = script('alone', `mkdir ${inFolder('busy')} && echo $1; sleep 0.05; rmdir ${inFolder('busy')}`)
    expect(bash(`rivulet run --jobs 1 --prefix '' ${alone} 1 ::: ${alone} 2 ::: ${alone} 3`)).toEqual({
      status: 0,
      stdout: '1\n2\n3\n',
      stderr: '',
    })
  })

  test('when one fails the others are told to end, what they say then is shown, and its code is ours', async () => {
    const bad = script('bad', `${until('go-bad')}; exit 7`)
    const command = new Rivulet(`run -n bad -- ${bad} ::: -n good -- ${untilTold}`)
    await command.shows('good out | ready')
    writeFileSync(inFolder('go-bad'), '')
    const { status, stdout, stderr } = await command.ended
    expect(status).toBe(7)
    expect(stdout).toContain('good out | told\n')
    expect(stderr).toContain('bad      | exited with code 7\n')
  })

  test('one that does not end when it is told is killed after --kill-after', () => {
    const bad = script('bad-once', `${until('stubborn.ready')}; exit 3`)
    const { status, stderr } = bash(`rivulet run --kill-after 50ms -- ${bad} ::: ${stubborn}`)
    expect(status).toBe(3)
    expect(stderr).toContain('was stopped (SIGKILL)')
  })

  test('one that waits behind a failure is not started', () => {
    const { status, stdout } = bash('rivulet run --jobs 1 -- false ::: echo started')
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  })

  test('with --keep-going all run to their end, and the first failure is ours', () => {
    const { status, stdout } = bash(`rivulet run --keep-going --jobs 1 sh -c 'exit 4' ::: echo b ::: sh -c 'exit 5'`)
    expect(status).toBe(4)
    expect(stdout).toMatch(/\| b\n$/)
  })

  test('with --success first the first end decides, and the others are told to end', () => {
    const brief = script('brief', until('told.ready'))
    const { status, stdout } = bash(`rivulet run --success first ${untilTold} ::: ${brief}`)
    expect(status).toBe(0)
    expect(stdout).toContain('told')
  })

  test('with --success NAME the end of that command decides, whatever the others end with', () => {
    const tests = script('tests', `${until('told.ready')}; exit 6`)
    const others = `-n broken -- false ::: -n server -- ${untilTold}`
    const { status, stdout } = bash(`rivulet run --success tests ${others} ::: -n tests -- ${tests}`)
    expect(status).toBe(6)
    expect(stdout).toContain('server out | told')
  })

  test('one that cannot be started is a failure with 127, and is named', () => {
    const { status, stderr } = bash(`rivulet run -n a -- no-such-program ::: -n b -- ${untilTold}`)
    expect(status).toBe(127)
    expect(stderr).toContain("rivulet: a: Cannot start 'no-such-program': not found on PATH (ENOENT)\n")
  })

  test('each has a folder and variables of its own', () => {
    const where = script('where', 'echo "$(pwd) $A $B"')
    const { stdout } = bash(`rivulet run --prefix '' --cwd / --env A=1 ${where} ::: --cwd /tmp --env B=2 ${where}`)
    expect(lines(stdout)).toEqual(['/ 1 ', '/tmp 1 2'])
  })

  test('a folder that is not there is our own failure', () => {
    const { status, stderr } = bash('rivulet run --cwd /nowhere -- true')
    expect(status).toBe(125)
    expect(stderr).toBe(
      "rivulet: Cannot start 'true': its cwd '/nowhere' does not exist or cannot be entered (ENOENT)\n",
    )
  })
})

describe('--restart', () => {
  const counting = `echo x >> $1; n=$(wc -l < $1); echo attempt $n`

  test('starts a failure again, each time later, and tells of it', () => {
    const always = script('always', `${counting}; exit 9`)
    const { status, stdout, stderr } = bash(`rivulet run --restart 2 -- ${always} ${inFolder('always')}`)
    expect(status).toBe(9)
    expect(stdout).toBe('out | attempt 1\nout | attempt 2\nout | attempt 3\n')
    expect(stderr).toBe(
      "rivulet: 'sh' ended with exit code 9 and restarts in 250 ms (1 of 2)\n" +
        "rivulet: 'sh' ended with exit code 9 and restarts in 500 ms (2 of 2)\n",
    )
  })

  test('ends at the first success', () => {
    const twice = script('twice', `${counting}; [ $n = 2 ]`)
    const { status, stdout } = bash(`rivulet run --restart 5 -- ${twice} ${inFolder('twice')}`)
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'out | attempt 1\nout | attempt 2\n' })
  })

  test('starts nothing again that cannot be started', () => {
    const { status, stderr } = bash('rivulet run --restart 5 -- no-such-program')
    expect(status).toBe(127)
    expect(stderr).toBe("rivulet: Cannot start 'no-such-program': not found on PATH (ENOENT)\n")
  })

  test('of a command in one word it is told how it is given', () => {
    expect(bash(`rivulet run 'npm test'`).stderr).toBe(
      "rivulet: Cannot start 'npm test': not found on PATH (ENOENT); give its words separately, or a line of shell to sh -c\n",
    )
  })

  test('each attempt is a run of its own under the same name', () => {
    const { stdout } = bash('rivulet run --format jsonl --restart 1 -n a -- false')
    const events = lines(stdout).map((line) => JSON.parse(line) as Record<string, unknown>)
    const starts = events.filter(({ name, type }) => name === 'a' && type === 'start')
    expect([events.length, new Set(starts.map((event) => event.run)).size]).toEqual([4, 2])
    const ends = events.filter(({ type }) => type === 'exit').map(({ restartMs }) => restartMs)
    expect(ends.toSorted()).toEqual([250, undefined])
  })

  test('who waits to be started again is not, once it is decided', async () => {
    const decides = script('decides', until('go-decide'))
    const command = new Rivulet(`run --success b --restart 9 -n a -- false ::: -n b -- ${decides}`)
    await command.shows("'a' restarts in 1000 ms")
    writeFileSync(inFolder('go-decide'), '')
    const { status, stderr } = await command.ended
    expect(status).toBe(0)
    expect(stderr).not.toContain('2000 ms')
  })
})

describe('--group', () => {
  test('keeps the output of each together, the first as it comes, the others when it is over', async () => {
    const first = script('shown', `echo 1; ${until('go-shown')}; echo 2`)
    const other = script('held', 'echo 3; echo 4 >&2; echo 5')
    const command = new Rivulet(`run --group --to stdout -n a -- ${first} ::: -n b -- ${other}`)
    await command.shows('a out | 1')
    writeFileSync(inFolder('go-shown'), '')
    const { status, stdout } = await command.ended
    expect(status).toBe(0)
    const [one, two, ...rest] = stdout.trimEnd().split('\n')
    expect([one, two]).toEqual(['a out | 1', 'a out | 2'])
    expect(rest.toSorted()).toEqual(['b err | 4', 'b out | 3', 'b out | 5'])
  })

  test('what is held does not come to our memory, and leaves no file behind', async () => {
    const temporary = mkdtempSync(inFolder('tmp-'))
    const quiet = script('quiet', `echo ready; ${until('loud-is-over')}`)
    const loud = script('loud', `yes | head -c 60000000; touch ${inFolder('loud-is-over')}`)
    const command = new Rivulet(`run --group --to stdout -n a -- ${quiet} ::: -n b -- ${loud}`, {
      TMPDIR: temporary,
      NODE_OPTIONS: '--max-old-space-size=40',
    })
    command.process.stdout.removeAllListeners('data')
    let length = 0
    command.process.stdout.on('data', (text: string) => (length += text.length))
    expect((await command.ended).status).toBe(0)
    expect(length).toBeGreaterThan(60_000_000)
    expect(readdirSync(temporary)).toEqual([])
  }, 60_000)

  test('where nothing can be held it says what to do, and starts nothing', () => {
    const { status, stdout, stderr } = bash(`rivulet run --group echo a ::: echo b`, { TMPDIR: '/nowhere' })
    expect({ status, stdout }).toEqual({ status: 125, stdout: '' })
    expect(stderr).toMatch(/^rivulet: Cannot keep output together in \/nowhere: .*; leave out --group, or set TMPDIR$/m)
  })
})
