import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { bash, inFolder, Rivulet, script, untilSecondSignal } from '../../support/rivulet.ts'
import { forever, until } from '../../support/scripts.ts'
import { Terminal } from '../../support/terminal.ts'

/** Something outside the group of its program that holds the pipes and prints, until there is a file of this name. */
function chatterUntil(name: string): string {
  const chatter = script(`chatter-${name}`, `while [ ! -e ${inFolder(name)} ]; do echo chat; sleep 0.01; done`)
  return script(`leaves-${name}`, `setsid ${chatter} & exec sleep 1000`)
}

/** Sends a signal again and again until it is over. */
async function insist(command: Rivulet, killSignal: NodeJS.Signals): Promise<number | null> {
  const timer = setInterval(() => command.process.kill(killSignal), 150)
  const { status } = await command.ended
  clearInterval(timer)
  return status
}

describe('what goes on outside the group of a program and holds its output', () => {
  test('does not keep --timeout from its end, and the record is whole', () => {
    const line = `rivulet run --timeout 200ms --kill-after 100ms --format jsonl -- ${chatterUntil('timed-out')}`
    const { status, stdout, stderr } = bash(line)
    writeFileSync(inFolder('timed-out'), '')
    expect(status).toBe(124)
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((each) => JSON.parse(each) as { seq: number })
    expect(events.at(-1)).toMatchObject({ type: 'exit', code: null, signal: 'SIGTERM', reason: 'timeout' })
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1))
    expect(stderr).toContain(`'sh' has left a background process that keeps its output open`)
  })

  test('does not keep a second signal from its end', async () => {
    const command = new Rivulet(`run ${chatterUntil('insisted')}`)
    await command.shows('chat')
    expect(await insist(command, 'SIGINT')).toBe(130)
    writeFileSync(inFolder('insisted'), '')
  })

  test('is told where it is silent', () => {
    const { status, stdout, stderr } = bash(`rivulet run -- sh -c 'setsid sleep 5 & echo x'`)
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'out | x\n' })
    expect(stderr).toBe(
      `rivulet: 'sh' has left a background process that keeps its output open; it is no longer read\n`,
    )
  })
})

describe('a signal that comes again', () => {
  test('does not kill where it is SIGHUP, which comes in several ways', async () => {
    const hears = script('hears', `trap 'echo got' HUP; echo ready; ${until('heard-twice')}; exit 3`)
    const command = new Rivulet(`run ${hears}`)
    await command.shows('ready')
    command.process.kill('SIGHUP')
    await command.shows('got')
    await untilSecondSignal()
    command.process.kill('SIGHUP')
    await pause(50)
    writeFileSync(inFolder('heard-twice'), '')
    expect((await command.ended).status).toBe(3)
  })

  test('within some milliseconds is the same', async () => {
    const hears = script(
      'hears-int',
      // Of two that come at once the system may hand on either first.
      `trap 'touch ${inFolder('int-came')}' INT TERM; echo ready; ${until('int-came')}; exit 3`,
    )
    const command = new Rivulet(`run ${hears}`)
    await command.shows('ready')
    for (const killSignal of ['SIGINT', 'SIGTERM'] as const) command.process.kill(killSignal)
    expect((await command.ended).status).toBe(3)
  })

  test('ends us also while whoever reads the save stands still', async () => {
    const path = inFolder('stuck-pipe')
    spawnSync('mkfifo', [path])
    const reader = openSync(path, 'r+')
    const floods = script('floods', `echo ready; ${until('go-flood')}; exec yes`)
    const command = new Rivulet(`run --save ${path} -- ${floods}`)
    await command.shows('ready')
    writeFileSync(inFolder('go-flood'), '')
    expect(await insist(command, 'SIGINT')).toBe(130)
    closeSync(reader)
  })
})

test('after a first signal a reader that leaves still ends the programs', async () => {
  const goes = script('goes-on', `trap 'echo got' INT; echo ready; while :; do echo more; sleep 0.01; done`)
  const command = new Rivulet(`run ${goes}`)
  await command.shows('ready')
  command.process.kill('SIGINT')
  await command.shows('got')
  command.process.stdout.destroy()
  expect((await command.ended).status).toBe(143)
})

test('SIGTSTP in a group that nobody could let go on stops nothing', () => {
  const stops = script('stops-us', `kill -TSTP $1; sleep 0.1; echo on`)
  const line = `setsid -w bash -c 'exec rivulet run ${stops} $$'`
  expect(bash(line)).toEqual({ status: 0, stdout: 'out | on\n', stderr: '' })
})

describe('a terminal', () => {
  test('that stands still keeps nothing from its end', async () => {
    const told = inFolder('told-in-standstill')
    const loud = script('loud-standstill', `trap 'touch ${told}; exit 0' TERM; yes & ${forever}`)
    const terminal = new Terminal(`rivulet run --timeout 1s ${loud}`)
    terminal.type('\u0013')
    while (!existsSync(told)) await pause(5)
    terminal.type('\u0011')
    expect(await terminal.ended).toBe(124)
  }, 20_000)

  test('that goes away ends us as it ends any program', async () => {
    const code = inFolder('hung-up')
    const ready = script('ready', `echo ready; ${forever}`)
    const tells = `trap : HUP; rivulet run ${ready}; echo $? > ${code}.tmp; mv ${code}.tmp ${code}`
    // Whoever tells is not the shell of the terminal, at whose end the others have the signal.
    const terminal = new Terminal(`(${tells}) & wait`)
    await terminal.shows('out | ready')
    terminal.process.kill('SIGKILL')
    while (!existsSync(code)) await pause(5)
    expect(readFileSync(code, 'utf8')).toBe('129\n')
  })
})

describe('a save over what is read', () => {
  const why = (option: string): RegExp =>
    new RegExp(
      `^rivulet: Cannot save to '[^']*': ${option} reads it, and it would be overwritten; name another file\n$`,
    )

  test.each([
    ['by its name', (path: string) => `--input ${path}`],
    ['on our stdin', (path: string) => `--input - < ${path}`],
  ])('is refused: %s', (_, given) => {
    const path = inFolder('read-and-saved')
    writeFileSync(path, 'a\n')
    const [option, redirection = ''] = given(path).split(' <')
    const line = `rivulet run --save ${path} ${option} -- cat ${redirection && `<${redirection}`}`
    const { status, stdout, stderr } = bash(line)
    expect({ status, stdout, saved: readFileSync(path, 'utf8') }).toEqual({ status: 125, stdout: '', saved: 'a\n' })
    expect(stderr).toMatch(why('--input'))
  })
})

describe('--input of a pipe', () => {
  test('does not keep --timeout waiting for somebody who writes to it', () => {
    const path = inFolder('no-writer')
    spawnSync('mkfifo', [path])
    expect(bash(`rivulet run --input ${path} --timeout 200ms -- cat`)).toEqual({
      status: 124,
      stdout: '',
      stderr: `rivulet: 'cat' timed out after 200 ms\n`,
    })
  })

  test('gives what is written to it', () => {
    const path = inFolder('writer')
    spawnSync('mkfifo', [path])
    expect(bash(`echo a > ${path} & rivulet run --input ${path} -- cat`).stdout).toBe('out | a\n')
  })
})
