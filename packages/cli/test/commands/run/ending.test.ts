import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { bash, inFolder, Rivulet, script, untilSecondSignal } from '../../support/rivulet.ts'
import { forever } from '../../support/scripts.ts'

const readyForever = script('forever', `echo ready; ${forever}`)

describe('a signal', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s that the program dies of gives exit code %i', async (killSignal, code) => {
    const command = new Rivulet(`run ${readyForever}`)
    await command.shows('ready')
    command.process.kill(killSignal)
    expect((await command.ended).status).toBe(code)
  })

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s that the program takes for itself gives its code',
    async (killSignal) => {
      const takes = script('takes', `trap 'echo got; exit 7' ${killSignal.slice(3)}; echo ready; ${forever}`)
      const command = new Rivulet(`run ${takes}`)
      await command.shows('ready')
      command.process.kill(killSignal)
      expect(await command.ended).toMatchObject({ status: 7, stdout: 'out | ready\nout | got\n' })
    },
  )

  test('is passed on to every program, and all are waited for', async () => {
    const slow = script('slow', `trap 'echo ending; sleep 0.1; echo ended; exit 0' INT; echo ready; ${forever}`)
    const command = new Rivulet(`run -n a -- ${slow} ::: -n b -- ${slow}`)
    for (const name of ['a', 'b']) await command.shows(`${name} out | ready`)
    command.process.kill('SIGINT')
    const { status, stdout } = await command.ended
    expect(status).toBe(0)
    for (const name of ['a', 'b']) expect(stdout).toContain(`${name} out | ended\n`)
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('a second %s kills', async (killSignal) => {
    const deaf = script('deaf', `trap 'echo got it' ${killSignal.slice(3)}; echo ready; ${forever}`)
    const command = new Rivulet(`run ${deaf}`)
    await command.shows('ready')
    command.process.kill(killSignal)
    await command.shows('got it')
    await untilSecondSignal()
    command.process.kill(killSignal)
    expect((await command.ended).status).toBe(137)
  })

  test('a second one ends us also while our reader stands still', async () => {
    const loud = script('loud', `trap 'touch ${inFolder('loud.got')}' INT; yes & ${forever}`)
    const command = new Rivulet(`run ${loud}`)
    await command.shows('y')
    command.process.stdout.pause()
    command.process.kill('SIGINT')
    while (!existsSync(inFolder('loud.got'))) await pause(5)
    await untilSecondSignal()
    command.process.kill('SIGINT')
    expect(await new Promise((resolve) => command.process.on('exit', resolve))).toBe(137)
    command.process.stdout.resume()
  })

  test('means that nothing is started any more, neither what waits nor what it has ended', async () => {
    const command = new Rivulet(`run --jobs 1 --restart 5 --keep-going -- ${readyForever} ::: echo second`)
    await command.shows('ready')
    command.process.kill('SIGINT')
    const { status, stdout } = await command.ended
    expect(status).toBe(130)
    expect(stdout).not.toContain('second')
    expect(stdout.match(/ready/g)).toHaveLength(1)
  })

  test('while a command waits to be started again it ends the waiting, with the code of the failure', async () => {
    const command = new Rivulet(`run --restart 20 -- sh -c 'exit 8'`)
    await command.shows('restarts in 1000 ms')
    command.process.kill('SIGTERM')
    const { status, stderr } = await command.ended
    expect(status).toBe(8)
    expect(stderr).not.toContain('2000 ms')
  })

  test('where commands were left out for it, and none failed, the code is that of the signal', async () => {
    const obeys = script('obeys', `trap 'exit 0' TERM; echo ready; ${forever}`)
    const command = new Rivulet(`run --jobs 1 -- ${obeys} ::: echo second`)
    await command.shows('ready')
    command.process.kill('SIGTERM')
    expect((await command.ended).status).toBe(143)
  })

  test('to 300 programs that are begun at once reaches all that run, and the rest are not started', async () => {
    const commands = Array.from({ length: 300 }, () => readyForever).join(' ::: ')
    const command = new Rivulet(`run ${commands}`)
    await command.shows('ready')
    command.process.kill('SIGTERM')
    expect((await command.ended).status).toBe(143)
  }, 60_000)
})

describe('--timeout', () => {
  test('ends the program with exit code 124, and shows what it says then', () => {
    const polite = script('polite', `trap 'echo last words; exit 0' TERM; ${forever}`)
    const { status, stdout, stderr } = bash(`rivulet run --timeout 1s -- ${polite}`)
    expect({ status, stdout }).toEqual({ status: 124, stdout: 'out | last words\n' })
    // The shell may tell of its `sleep` before.
    expect(stderr).toMatch(/(^|\n)rivulet: 'sh' timed out after 1 s\n$/)
  })

  test('kills what does not end within --kill-after, also what has outlived the program', () => {
    const deaf = script('outlived', `(trap '' TERM; echo '"deaf"'; ${forever}) & exec sleep 1000`)
    const { status, stdout } = bash(`rivulet run --timeout 1s --kill-after 100ms --format jsonl -- ${deaf}`)
    expect(status).toBe(124)
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
      signal: 'SIGTERM',
      reason: 'timeout',
    })
  })

  test('is not reached by what ends in time', () => {
    expect(bash(`rivulet run --timeout 1h -- sh -c 'exit 3'`).status).toBe(3)
  })

  test('is a failure like another: the command is started again', () => {
    const { status, stderr } = bash('rivulet run --timeout 100ms --restart 1 -n a -- sleep 1000')
    expect(status).toBe(124)
    expect(stderr.match(/timed out \(SIGTERM\)/g)).toHaveLength(2)
  })
})

describe('a reader that leaves', () => {
  test('ends the programs quietly, with 141 as of any program in a pipe', () => {
    expect(bash('rivulet run -- yes | head -n 2')).toEqual({ status: 141, stdout: 'out | y\nout | y\n', stderr: '' })
    const several = bash('rivulet run --jobs 1 -- yes ::: touch $FILE | head -n 1', { FILE: inFolder('after-head') })
    expect([several.status, existsSync(inFolder('after-head'))]).toEqual([141, false])
  })

  test('also where it read stderr', () => {
    const { status, stdout } = bash(`rivulet run -- sh -c 'yes >&2' 2>&1 >/dev/null | head -n 1`)
    expect({ status, stdout }).toEqual({ status: 141, stdout: 'err | y\n' })
  })

  test('leaves a record that is whole', () => {
    const path = inFolder('left.jsonl')
    expect(bash(`rivulet run --save ${path} -- yes | head -n 1`).status).toBe(141)
    const last = readFileSync(path, 'utf8').trimEnd().split('\n').at(-1) ?? ''
    expect(JSON.parse(last)).toMatchObject({ type: 'exit', reason: 'aborted', signal: 'SIGTERM' })
  })
})

describe('output that cannot be written', () => {
  test('is told, is our own failure, and ends the program', () => {
    const { status, stderr } = bash('rivulet run -- yes > /dev/full')
    expect(status).toBe(125)
    expect(stderr).toBe('rivulet: Cannot write to stdout: the disk is full; make room, or write elsewhere (ENOSPC)\n')
  })

  test('leaves only the exit code where it is stderr', () => {
    expect(bash(`rivulet run -- sh -c 'yes >&2' 2> /dev/full`).status).toBe(125)
  })

  test('has all that fits into a file that may not become longer, and the rest is not taken for written', () => {
    const path = inFolder('limited')
    const { status, stderr } = bash(`ulimit -f 8; rivulet run --format raw -- seq 2000 > ${path}`)
    expect(status).toBe(125)
    expect(stderr).toMatch(/^rivulet: Cannot write to stdout: the file has reached the file size limit.* \(EFBIG\)\n$/)
    const whole = Array.from({ length: 2000 }, (_, at) => `${at + 1}\n`).join('')
    expect(readFileSync(path, 'utf8')).toBe(whole.slice(0, 8192))
  })
})

describe('--input', () => {
  test('gives a file, to each attempt from its beginning', () => {
    writeFileSync(inFolder('input'), 'a\nb\n')
    const { status, stdout } = bash(`rivulet run --restart 1 --input ${inFolder('input')} -- sh -c 'cat; exit 1'`)
    expect({ status, stdout }).toEqual({ status: 1, stdout: 'out | a\nout | b\nout | a\nout | b\n' })
  })

  test('- gives our own stdin, as it comes', async () => {
    const command = new Rivulet('run --input - -- cat')
    command.process.stdin.write('one\n')
    await command.shows('out | one\n')
    command.process.stdin.end('two')
    expect(await command.ended).toEqual({ status: 0, stdout: 'out | one\nout | two\n', stderr: '' })
  })

  test('of our own stdin nobody waits for the end', async () => {
    const command = new Rivulet(`run --input - -- sh -c 'read line; echo "$line"'`)
    command.process.stdin.write('one\n')
    expect((await command.ended).stdout).toBe('out | one\n')
  })

  test('without it stdin is empty', () => {
    expect(bash('echo not read | rivulet run -- cat')).toEqual({ status: 0, stdout: '', stderr: '' })
  })

  test.each([
    ['/nowhere', 'no such file or folder (ENOENT)'],
    ['/', 'it is a folder (EISDIR)'],
  ])('%s is refused before anything is started', (path, why) => {
    const stderr = `rivulet: Cannot read the input '${path}': ${why}\n`
    expect(bash(`rivulet run --input ${path} -- echo started`)).toEqual({ status: 125, stdout: '', stderr })
  })
})

describe('--save', () => {
  test('writes the events that are shown, one a line', () => {
    const path = inFolder('saved.jsonl')
    const { status, stdout } = bash(
      `rivulet run --format jsonl --save ${path} -n a -- sh -c 'echo 1; echo 2 >&2; exit 3'`,
    )
    expect(status).toBe(3)
    expect(stdout).toMatch(/^\{"name":"a","seq":1,/)
    expect(readFileSync(path, 'utf8')).toBe(stdout)
  })

  test('to what cannot be written is refused before anything is started', () => {
    const mark = inFolder('was-started')
    const { status, stderr } = bash(`rivulet run --save /nowhere/run.jsonl -- touch ${mark}`)
    expect([status, existsSync(mark)]).toEqual([125, false])
    expect(stderr).toMatch(/^rivulet: Cannot save to '\/nowhere\/run.jsonl': .* \(ENOENT\)\n$/)
  })

  test('to a full disk is told, and ends the run', () => {
    const { status, stderr } = bash('rivulet run --save /dev/full -- sleep 1000')
    expect(status).toBe(125)
    expect(stderr).toMatch(/^rivulet: Cannot save to '\/dev\/full': the disk is full.* \(ENOSPC\)\n$/)
  })

  test('that fails shows nothing that is not saved', () => {
    const { status, stdout } = bash(`rivulet run --save /dev/full -- sh -c 'echo a; echo b'`)
    expect([status, stdout]).toEqual([125, ''])
  })

  test('with --save-best-effort is told once, and the run goes on', () => {
    const { status, stdout, stderr } = bash(
      `rivulet run --save /dev/full --save-best-effort --restart 1 -- sh -c 'echo a; exit 4'`,
    )
    expect({ status, stdout }).toEqual({ status: 4, stdout: 'out | a\nout | a\n' })
    expect(stderr).toMatch(
      /^rivulet: Cannot save to [^\n]* \(ENOSPC\); going on without it\nrivulet: 'sh' ended [^\n]*\n$/,
    )
  })

  test('what was shown is on disk, also when we are killed', async () => {
    const path = inFolder('killed.jsonl')
    const counts = script('counts', `for n in 1 2 3 4 5 6 7 8 9; do echo $n; done; ${forever}`)
    const command = new Rivulet(`run --save ${path} -- ${counts}`)
    await command.shows('out | 9\n')
    command.process.kill('SIGKILL')
    await command.ended
    const saved = readFileSync(path, 'utf8').trimEnd().split('\n')
    const printed = saved.map((line) => (JSON.parse(line) as { data?: string }).data ?? '')
    expect(printed.join('')).toBe('1\n2\n3\n4\n5\n6\n7\n8\n9\n')
  })
})
