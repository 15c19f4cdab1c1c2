import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bash, inFolder } from '../../support/rivulet.ts'

describe('rivulet run', () => {
  test('prints each line with a mark for its stream, to that stream', () => {
    expect(bash(`rivulet run -- sh -c 'echo one; echo two >&2; printf three'`)).toEqual({
      status: 0,
      stdout: 'out | one\nout | three\n',
      stderr: 'err | two\n',
    })
  })

  test('--to stdout prints what comes from stderr there too', () => {
    const { stdout, stderr } = bash(`rivulet run --to stdout -- sh -c 'echo one; echo two >&2'`)
    expect(stdout.split('\n').sort()).toEqual(['', 'err | two', 'out | one'])
    expect(stderr).toBe('')
  })

  test.each([
    ["the program's exit code", `sh -c 'exit 3'`, 3],
    ['128 and the number of the signal that ended it', `sh -c 'kill -KILL $$'`, 137],
    ['127 for what is not found', 'no-such-program', 127],
    ['126 for what is not executable', '/etc/passwd', 126],
  ])('exits with %s', (_, command, code) => {
    expect(bash(`rivulet run -- ${command}`).status).toBe(code)
  })

  test('--order exact prints the lines in the order in which they were written', () => {
    const script = 'n=0; while [ $n -lt 200 ]; do n=$((n + 2)); echo $((n - 1)); echo $n >&2; done'
    const { stdout } = bash(`rivulet run --order exact --contain --to stdout -- sh -c '${script}'`)
    const numbers = stdout
      .trim()
      .split('\n')
      .map((line) => Number(line.split('| ')[1]))
    expect(numbers).toEqual(Array.from({ length: 200 }, (_, at) => at + 1))
  })

  test('with both in one pipe all comes in one order there', () => {
    const script = 'n=0; while [ $n -lt 200 ]; do n=$((n + 2)); echo $((n - 1)); echo $n >&2; done'
    const { stdout } = bash(`rivulet run --order exact --prefix '' -- sh -c '${script}' 2>&1 | cat`)
    expect(stdout).toBe(Array.from({ length: 200 }, (_, at) => `${at + 1}\n`).join(''))
  })

  test('says in one line on stderr what could not be started', () => {
    expect(bash('rivulet run -- no-such-program').stderr).toBe(
      "rivulet: Cannot start 'no-such-program': not found on PATH (ENOENT)\n",
    )
  })

  test('--format jsonl prints the events, one a line', () => {
    const { stdout } = bash(`rivulet run --format jsonl -- sh -c 'echo hi'`)
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

  test('--format raw gives every byte as it was read', () => {
    const bytes = randomBytes(1_000_000)
    writeFileSync(inFolder('bytes'), bytes)
    bash(`rivulet run --format raw -- cat ${inFolder('bytes')} > ${inFolder('copy')}`)
    expect(readFileSync(inFolder('copy')).equals(bytes)).toBe(true)
  })
})
