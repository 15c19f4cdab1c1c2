import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url))

function rivulet(...words: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [main, ...words], { encoding: 'utf8' })
}

describe('rivulet run', () => {
  test('prints each line with a mark for its stream', () => {
    const { status, stdout, stderr } = rivulet('run', '--', 'sh', '-c', 'echo one; echo two >&2; printf three')
    expect(stdout.split('\n').sort()).toEqual(['', 'err | two', 'out | one', 'out | three'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  test.each([
    ["the program's exit code", ['sh', '-c', 'exit 3'], 3],
    ['128 and the number of the signal that ended it', ['sh', '-c', 'kill -KILL $$'], 137],
    ['127 for what is not found', ['no-such-program'], 127],
    ['126 for what is not executable', ['/etc/passwd'], 126],
  ])('exits with %s', (_, command, code) => {
    expect(rivulet('run', '--', ...command).status).toBe(code)
  })

  test('--order exact prints the lines in the order in which they were written', () => {
    const script = 'n=0; while [ $n -lt 200 ]; do n=$((n + 2)); echo $((n - 1)); echo $n >&2; done'
    const { stdout } = rivulet('run', '--order', 'exact', '--contain', '--', 'sh', '-c', script)
    const numbers = stdout
      .trim()
      .split('\n')
      .map((line) => Number(line.split('| ')[1]))
    expect(numbers).toEqual(Array.from({ length: 200 }, (_, at) => at + 1))
    expect(rivulet('run', '--order', 'some', '--', 'true').stderr).toContain('--order must be arrival, exact or auto')
  })

  test('says in one line on stderr what could not be started', () => {
    expect(rivulet('run', '--', 'no-such-program').stderr).toBe(
      "rivulet: Cannot start 'no-such-program': not found on PATH (ENOENT)\n",
    )
  })

  test('--format jsonl prints the events, one a line', () => {
    const { stdout } = rivulet('run', '--format', 'jsonl', '--', 'sh', '-c', 'echo hi')
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(events).toMatchObject([
      { seq: 1, type: 'start', v: 1, command: ['sh', '-c', 'echo hi'] },
      { seq: 2, type: 'output', stream: 'stdout', data: 'hi\n' },
      { seq: 3, type: 'exit', code: 0, signal: null, reason: 'exited' },
    ])
  })

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('forwards %s, and waits for the program', async (killSignal) => {
    const name = killSignal.slice(3)
    const script = `trap 'echo got; exit 7' ${name}; echo ready; while :; do sleep 0.01; done`
    const command = spawn(process.execPath, [main, 'run', '--', 'sh', '-c', script])
    let seen = ''
    command.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (!seen.includes('ready') && text.includes('ready')) command.kill(killSignal)
      seen += text
    })
    expect(await once(command, 'close')).toEqual([7, null])
    expect(seen).toContain('out | got')
  })

  test('a full disk is our own failure, and the program is ended', () => {
    const full = spawnSync('sh', ['-c', `"$0" "$1" run -- yes > /dev/full`, process.execPath, main], {
      encoding: 'utf8',
    })
    expect(full.status).toBe(125)
    expect(full.stderr).toMatch(/^rivulet: .*ENOSPC/)
  })

  test('ends the program when its own reader leaves', () => {
    const piped = spawnSync('sh', ['-c', `"$0" "$1" run -- yes | head -n 2`, process.execPath, main], {
      encoding: 'utf8',
    })
    expect(piped).toMatchObject({ status: 0, stdout: 'out | y\nout | y\n', stderr: '' })
  })
})

describe('rivulet', () => {
  test.each([
    ['no command', []],
    ['run without a command', ['run']],
    ['run with an empty command', ['run', '--']],
    ['an unknown command', ['walk']],
    ['an unknown option', ['run', '--fast', '--', 'ls']],
    ['an unknown format', ['run', '--format', 'xml', '--', 'ls']],
  ])('answers %s with its usage on stderr and exit code 2', (_, words) => {
    const { status, stdout, stderr } = rivulet(...words)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain('Usage: rivulet run')
  })

  test('--help prints the usage on stdout', () => {
    const { status, stdout } = rivulet('--help')
    expect(status).toBe(0)
    expect(stdout).toContain('Usage: rivulet run')
  })
})
