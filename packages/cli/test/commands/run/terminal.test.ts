import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { bash, inFolder, script, untilSecondSignal } from '../../support/rivulet.ts'
import { forever, until } from '../../support/scripts.ts'
import { Terminal } from '../../support/terminal.ts'

/** The state of a process, as `T` for one that stands still. */
function stateOf(pid: string): string {
  return / (\w) \d+ \d+ \d+ /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? ''
}

describe('on a terminal', () => {
  test('what has no newline yet is seen at once, and other lines come below it', async () => {
    const asks = script('asks', `printf 'Name? '; ${until('asked')}; echo Ada`)
    const terminal = new Terminal(`rivulet run ${asks} ::: ${script('tells', `${until('tell')}; echo hello >&2`)}`)
    await terminal.shows((screen) => screen.lines.some((line) => line.endsWith('out | Name?')))
    writeFileSync(inFolder('tell'), '')
    await terminal.shows('err | hello')
    writeFileSync(inFolder('asked'), '')
    await terminal.shows(/out \+ Ada/)
    expect(await terminal.ended).toBe(0)
  })

  test('a progress bar is drawn over its line, behind the mark', async () => {
    const bar = script('bar', `printf '10%%\\r'; printf '50%%\\r'; ${until('half')}; printf '100%%\\nready\\n'`)
    const terminal = new Terminal(`rivulet run ${bar}`)
    await terminal.shows(/^out \| 50%$/m)
    writeFileSync(inFolder('half'), '')
    await terminal.shows(/^out \| 100%\nout \| ready$/m)
    expect(await terminal.ended).toBe(0)
    expect(terminal.screen.text).not.toContain('50%')
  })

  test('colours of a program do not go on into our marks', async () => {
    const terminal = new Terminal(`rivulet run sh -c 'printf "\\033[31mred\\n"; echo still'`)
    expect(await terminal.ended).toBe(0)
    const lines = terminal.bytes.split('\r\n')
    const marked = '\u001b[32mout\u001b[0m | '
    expect(lines.slice(0, 2)).toEqual([`${marked}\u001b[31mred\u001b[0m`, `${marked}\u001b[31mstill\u001b[0m`])
  })
})

describe('the status line', () => {
  const slow = script('slow', `echo one; ${until('seen')}; echo two >&2; ${until('over')}`)

  test('comes when a run takes long, stays below the output, and goes at the end', async () => {
    const terminal = new Terminal(`rivulet run ${slow}`)
    await terminal.shows(/^out \| one\nrivulet 0:0\d {2}out 1 {2}err 0 {2}0 lines\/s$/m)
    writeFileSync(inFolder('seen'), '')
    await terminal.shows(/^out \| one\nerr \| two\nrivulet 0:0\d {2}out 1 {2}err [01]/m)
    writeFileSync(inFolder('over'), '')
    expect(await terminal.ended).toBe(0)
    expect(terminal.screen.text.trimEnd()).toBe('out | one\nerr | two')
  }, 20_000)

  test('tells of several commands who ended last, cut to the width', async () => {
    const terminal = new Terminal(
      `rivulet run --keep-going -n a -- false ::: -n bee -- ${script('runs', until('stop-it'))}`,
    )
    await terminal.shows('rivulet 0:03  out 0  err 0  0 lines/s  1/2 running  a exite')
    writeFileSync(inFolder('stop-it'), '')
    expect(await terminal.ended).toBe(1)
  }, 20_000)

  test.each([
    ['with --no-status', (words: string) => `rivulet run --no-status ${words}`],
    ['where stdout is a pipe', (words: string) => `rivulet run ${words} | cat`],
    ['where stderr is a pipe', (words: string) => `rivulet run ${words} 2>&1 >/dev/tty | cat`],
  ])(
    'is not there %s',
    async (_, line) => {
      const waits = script('waits', 'echo begun; sleep 4; echo done')
      const terminal = new Terminal(line(waits))
      expect(await terminal.ended).toBe(0)
      expect(terminal.bytes).not.toContain('rivulet 0:')
    },
    20_000,
  )

  test('is there where stdout goes into a file, in which nothing of it is', async () => {
    const path = inFolder('stdout')
    const waits = script('waits-once', `echo begun; ${until('status-was-seen')}`)
    const terminal = new Terminal(`rivulet run ${waits} > ${path}`)
    await terminal.shows('rivulet 0:03  out 1')
    writeFileSync(inFolder('status-was-seen'), '')
    expect(await terminal.ended).toBe(0)
    expect(readFileSync(path, 'utf8')).toBe('out | begun\n')
  }, 20_000)
})

describe('keys', () => {
  test('Ctrl-C reaches the program once, and what it says then is shown', async () => {
    const terminal = new Terminal(
      `rivulet run ${script('obeys', `trap 'echo bye; exit 3' INT; echo ready; ${forever}`)}`,
    )
    await terminal.shows('out | ready')
    terminal.type('\u0003')
    await terminal.shows('out | bye')
    expect(await terminal.ended).toBe(3)
  })

  test('Ctrl-C twice kills', async () => {
    const terminal = new Terminal(`rivulet run ${script('deaf', `trap 'echo no' INT; echo ready; ${forever}`)}`)
    await terminal.shows('out | ready')
    terminal.type('\u0003')
    await terminal.shows('out | no')
    await untilSecondSignal()
    terminal.type('\u0003')
    expect(await terminal.ended).toBe(137)
  })

  test('Ctrl-C ends a loop of the shell too, as it does without us', async () => {
    const ready = script('ready', `echo ready; ${forever}`)
    const terminal = new Terminal(`for n in 1 2 3; do rivulet run ${ready}; echo $?; done`)
    await terminal.shows('out | ready')
    terminal.type('\u0003')
    expect(await terminal.ended).toBe(130)
    expect(terminal.bytes.match(/ready/g)).toHaveLength(1)
  })

  test('Ctrl-Z makes us and the programs stand still, and `fg` lets all go on', async () => {
    // With a program of its own in it, the shell might be waiting for that to be begun, and be in no state to stand still.
    const counts = script('counts', `echo pid $$; while [ ! -e ${inFolder('go-on')} ]; do :; done; echo on`)
    const terminal = new Terminal('bash --norc --noprofile -i')
    terminal.type(`rivulet run ${counts}\n`)
    await terminal.shows(/out \| pid \d+/)
    const pid = /out \| pid (\d+)/.exec(terminal.screen.text)?.[1] ?? ''
    terminal.type('\u001a')
    await terminal.shows('Stopped')
    while (stateOf(pid) !== 'T') await pause(5)
    writeFileSync(inFolder('go-on'), '')
    terminal.type('fg\n')
    await terminal.shows('out | on')
    terminal.type('exit\n')
    expect(await terminal.ended).toBe(0)
  })
})

describe('--pty stdout', () => {
  test('the program finds a terminal on its stdout alone, of our size without our mark', async () => {
    const size = script('size', 'stty size <&1; for file in 0 1 2; do test -t $file && echo $file; done; true')
    const terminal = new Terminal(`rivulet run --pty stdout -- ${size}`)
    expect(await terminal.ended).toBe(0)
    expect(terminal.screen.text.trimEnd()).toBe('out | 20 54\nout | 1')
  })

  test('without a terminal of ours it has 80 columns and 24 rows', () => {
    expect(bash(`rivulet run --pty stdout -- sh -c 'stty size <&1'`).stdout).toBe('out | 24 80\n')
  })

  test('a program that would hold its output back for a pipe does not', async () => {
    const held = `awk 'BEGIN { print "first"; while ((getline line < "/dev/null") >= 0 && system("[ -e ${inFolder('got-it')} ]")) system("sleep 0.01") }'`
    writeFileSync(inFolder('held.sh'), held)
    const terminal = new Terminal(`rivulet run --pty stdout -- sh ${inFolder('held.sh')}`)
    await terminal.shows('out | first')
    writeFileSync(inFolder('got-it'), '')
    expect(await terminal.ended).toBe(0)
  })

  test('exit codes, signals and stderr are as without it, and of the relay there is nothing in the events', () => {
    const { status, stdout, stderr } = bash(
      `rivulet run --pty stdout --format jsonl -- sh -c 'echo 1; echo 2 >&2; kill -9 $$'`,
    )
    expect({ status, stderr }).toEqual({ status: 137, stderr: '' })
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(events[0]).toMatchObject({ type: 'start', command: ['sh', '-c', 'echo 1; echo 2 >&2; kill -9 $$'] })
    expect(events.at(-1)).toMatchObject({ type: 'exit', signal: 'SIGKILL', reason: 'exited' })
    expect(events.filter(({ stream }) => stream === 'stderr')).toMatchObject([{ data: '2\n' }])
  })

  test('what cannot be started is told, with 127 or 126', () => {
    const missing = bash('rivulet run --pty stdout -- no-such-program')
    expect(missing.status).toBe(127)
    expect(missing.stderr).toContain("rivulet: Cannot start 'no-such-program': not found on PATH (ENOENT)\n")
    expect(bash('rivulet run --pty stdout -- /etc/passwd').status).toBe(126)
    const folder = bash('rivulet run --pty stdout --cwd /nowhere -- true')
    expect(folder.status).toBe(125)
    expect(folder.stderr).toBe(
      "rivulet: Cannot start 'true': its cwd '/nowhere' does not exist or cannot be entered (ENOENT)\n",
    )
  })

  test('a signal reaches the program, and what it says then is shown', async () => {
    const terminal = new Terminal(
      `rivulet run --pty stdout -- ${script('says', `trap 'echo bye; exit 3' INT; echo ready; ${forever}`)}`,
    )
    await terminal.shows('out | ready')
    terminal.type('\u0003')
    await terminal.shows('out | bye')
    expect(await terminal.ended).toBe(3)
  })
})
