import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, closeSync, constants, openSync, readFileSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { until } from '../../../../rivulet/test/support/processes.ts'
import { epochMs, exit, output, saved, start } from '../../record/support/events.ts'
import { fileWith, temporaryFolder } from '../../record/support/folder.ts'
import { main } from '../../support/main.ts'

interface Ended {
  status: number | null
  stdout: string
  stderr: string
}

function show(words: string[], input: string | Uint8Array = ''): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'show', ...words], { encoding: 'utf8', input })
  return { status, stdout, stderr }
}

/** What the shell makes of it, in which `show` is the command. */
function shell(script: string, ...args: string[]): Ended {
  const begin = `set -o pipefail; show() { "$node" "$main" show "$@"; }; ${script}`
  const env = { ...process.env, node: process.execPath, main }
  const { status, stdout, stderr } = spawnSync('bash', ['-c', begin, 'bash', ...args], { encoding: 'utf8', env })
  return { status, stdout, stderr }
}

/** A showing that goes on; `seen(text)` resolves when its stdout has that. */
function showing(...words: string[]): {
  child: ChildProcessByStdio<null, Readable, null>
  seen: (text: string) => Promise<void>
  end: Promise<unknown[]>
} {
  const child = spawn(process.execPath, [main, 'show', ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  const end = once(child, 'close')
  onTestFinished(() => void child.kill('SIGKILL'))
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  const seen = async (text: string): Promise<void> => {
    while (!stdout.includes(text)) await once(child.stdout, 'data')
  }
  return { child, seen, end }
}

function makePipe(): string {
  const path = join(temporaryFolder(), 'pipe')
  expect(spawnSync('mkfifo', [path]).status).toBe(0)
  return path
}

/** Whether there was something to be read. */
function gives(fd: number): boolean {
  return !isAgain(() => readSync(fd, Buffer.alloc(1)))
}

/** Whether there is no room for a page more. */
function isFull(fd: number): boolean {
  return isAgain(() => writeSync(fd, Buffer.alloc(4_096)))
}

/** Whether it would have to wait. */
function isAgain(call: () => unknown): boolean {
  try {
    call()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return true
    throw error
  }
  return false
}

const events = [start(), output('one\n'), output('two\n', { stream: 'stderr' }), output('three'), exit()]
const lasting = saved(
  start({ t: epochMs }),
  output('first\n', { t: epochMs }),
  output('last\n', { t: epochMs + 3_600_000 }),
)

describe('rivulet show', { timeout: 20_000 }, () => {
  test('shows each stream where it belongs, and exits with 0', () => {
    const path = fileWith(saved(...events))
    expect(show([path])).toEqual({ status: 0, stdout: 'out | one\nout | three\n', stderr: 'err | two\n' })
    expect(show([path, '--to', 'stdout'])).toMatchObject({ stdout: 'out | one\nerr | two\nout | three\n', stderr: '' })
  })

  test('reads stdin, plain or compressed, by a pipe or from a file', () => {
    const text = { status: 0, stdout: 'out | one\nout | three\n', stderr: 'err | two\n' }
    expect(show(['-'], saved(...events))).toEqual(text)
    expect(show(['-'], gzipSync(saved(...events)))).toEqual(text)
    const path = fileWith(saved(...events))
    expect(shell('show - < "$1"', path)).toEqual(text)
    expect(shell('show <(cat "$1")', path)).toEqual(text)
    expect(shell('cat "$1" | show /dev/stdin', path)).toEqual(text)
  })

  test('gives with jsonl what was saved, byte by byte', () => {
    const content = saved(...events, start({ name: 'é\u2028' }), exit({ name: 'é\u2028' }))
    expect(show(['--format', 'jsonl', fileWith(content)])).toEqual({ status: 0, stdout: content, stderr: '' })
  })

  test('gives with jsonl and any choice of lines a record that is complete', () => {
    const path = fileWith(saved(...events))
    expect(shell('show --only stderr --grep t --format jsonl "$1" | show -', path)).toEqual({
      status: 0,
      stdout: '',
      stderr: 'err | two\n',
    })
  })

  test('waits for who writes a pipe, and is not left hanging by it', async () => {
    const path = makePipe()
    const waiting = showing(path)
    const writer = spawn('sh', [
      '-c',
      `exec > "$1"; cat "$2"; exec sleep 1000`,
      'sh',
      path,
      fileWith(saved(start(), output('x\n'))),
    ])
    onTestFinished(() => void writer.kill('SIGKILL'))
    await waiting.seen('out | x\n')
    waiting.child.kill('SIGTERM')
    expect(await waiting.end).toEqual([143, null])
  })

  test('shows what there is of a broken record, says what is wrong, and exits with 1', () => {
    const path = fileWith(`${saved(start(), output('one\n'))}{"type":\n${saved(output('two'))}{"se`)
    expect(show([path])).toEqual({
      status: 1,
      stdout: 'out | one\nout | two\n',
      stderr:
        `rivulet: ${path}:3: skipped: not JSON\n` +
        `rivulet: ${path}: the end of the run is missing: it was cut off, or is still running (--follow waits for it)\n`,
    })
  })

  test('shows what there is of a compressed record that is cut, and exits with 1', () => {
    const path = fileWith(gzipSync(saved(...events)).subarray(0, -4))
    expect(show([path, '--to', 'stdout'])).toEqual({
      status: 1,
      stdout: 'out | one\nerr | two\nout | three\n',
      stderr: `rivulet: Cannot read '${path}' to its end: its gzip data is cut short (Z_BUF_ERROR)\n`,
    })
  })

  test('exits with 125 for what it cannot read, and says why in one line', () => {
    expect(show(['/none/run.jsonl'])).toEqual({
      status: 125,
      stdout: '',
      stderr: "rivulet: Cannot read '/none/run.jsonl': no such file or folder (ENOENT)\n",
    })
  })

  test('exits with 125 where it cannot write, and says why in one line', () => {
    const { status, stderr } = shell('show "$1" > /dev/full', fileWith(saved(start(), output('one\n'), exit())))
    expect(status).toBe(125)
    expect(stderr).toMatch(/^rivulet: Cannot write to stdout: .*\(ENOSPC\)\n$/)
  })

  test('shows a path with no character that a terminal would obey', () => {
    expect(show(['/none/\u001b[2J']).stderr).toBe(
      "rivulet: Cannot read '/none/^[[2J': no such file or folder (ENOENT)\n",
    )
  })

  test('ends quietly when its reader leaves', () => {
    const long = fileWith(saved(start(), ...Array.from({ length: 50_000 }, () => output('y\n')), exit()))
    expect(shell('show "$1" | head -n 1', long)).toEqual({ status: 141, stdout: 'out | y\n', stderr: '' })
  })

  test('follows a run while it is saved, to its end', async () => {
    const path = fileWith(saved(start(), output('one\npar')))
    const following = showing('--follow', path)
    await following.seen('out | par')
    appendFileSync(path, saved(output('tial\n')))
    await following.seen('out | partial\n')
    appendFileSync(path, saved(exit()))
    expect(await following.end).toEqual([0, null])
  })

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends it at once with %i, while it follows and while it keeps the pace', async (killSignal, code) => {
    const path = fileWith(lasting)
    const following = showing('--follow', path)
    await following.seen('last')
    following.child.kill(killSignal)
    expect(await following.end).toEqual([code, null])
    const paced = showing('--speed', '1', path)
    await paced.seen('first')
    paced.child.kill(killSignal)
    expect(await paced.end).toEqual([code, null])
  })

  test('a signal ends it also while its reader stands still', async () => {
    const lines = Array.from({ length: 100 }, () => output(`${'y'.repeat(60_000)}\n`))
    const pipe = makePipe()
    // Its reader, and somebody who can tell whether it is full.
    const fd = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK)
    onTestFinished(() => closeSync(fd))
    const child = spawn(process.execPath, [main, 'show', fileWith(saved(start(), ...lines, exit()))], {
      stdio: ['ignore', openSync(pipe, 'w'), 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const end = once(child, 'exit')
    await until(() => gives(fd))
    await until(() => isFull(fd))
    child.kill('SIGINT')
    expect(await end).toEqual([130, null])
  })

  test('a signal ends it also while a regular expression takes for ever', async () => {
    const path = fileWith(saved(start(), output('ab\n'), output(`${'a'.repeat(60)}!\n`), exit()))
    const { child, end } = showing('--grep', '^(a+)+b?$', path)
    // In ticks of a hundredth of a second: a start needs less.
    await until(() => Number(readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(' ')[13]) > 100)
    child.kill('SIGINT')
    expect(await end).toEqual([null, 'SIGINT'])
  })

  test('is refused where its output is the record itself, which would feed on it', () => {
    const path = fileWith(saved(...events))
    for (const [script, name] of [
      ['show --follow --format jsonl "$1" >> "$1"', 'stdout'],
      ['show - < "$1" >> "$1"', 'stdout'],
      ['show "$1" 2>> "$1" >/dev/null', 'stderr'],
    ] as const) {
      const { status, stderr } = shell(script, path)
      expect(status).toBe(125)
      if (name === 'stdout')
        expect(stderr).toBe('rivulet: Cannot write to stdout: it is the saved run itself; name another file after >\n')
    }
    expect(readFileSync(path, 'utf8')).toMatch(/\nrivulet: Cannot write to stderr: .*\n$/)
  })

  test.each([
    ['a folder on stdin', 'show - < /', "Cannot read '-': it is a folder (EISDIR)"],
    ['a path of two lines', "show $'/none/a\\nb'", "Cannot read '/none/a^Jb': no such file or folder (ENOENT)"],
  ])('says in one line that it cannot read %s', (_, script, why) => {
    expect(shell(script)).toEqual({ status: 125, stdout: '', stderr: `rivulet: ${why}\n` })
  })

  test('leaves nothing of a record out, however long it is', () => {
    const lines = Array.from({ length: 40_000 }, (_, index) => `${index}\n`)
    const path = fileWith(gzipSync(saved(start(), ...lines.map((line) => output(line)), exit())))
    const target = join(temporaryFolder(), 'out')
    expect(shell('show --format raw "$1" > "$2"', path, target).status).toBe(0)
    expect(readFileSync(target, 'utf8')).toBe(lines.join(''))
  })
})
