import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { relayed, searchedPaths } from '../../../../src/commands/run/fleet/relayed.ts'
import { bash, inFolder, Rivulet } from '../../../support/rivulet.ts'

const env = { PATH: '/one:/two' }

test.each([
  ['tool', undefined, env, ['/one/tool', '/two/tool']],
  ['tool', undefined, { PATH: ':/two:bin' }, ['./tool', '/two/tool', 'bin/tool']],
  ['tool', '/in', { PATH: '' }, ['/in/./tool']],
  ['tool', '/in', {}, ['/bin/tool', '/usr/bin/tool']],
  ['./tool', '/in', env, ['/in/./tool']],
  ['../tool', '/in/link', env, ['/in/link/../tool']],
  ['a/tool', undefined, env, ['a/tool']],
  ['/a/tool', '/in', env, ['/a/tool']],
])('%s in %s with %j is looked for at %j', (file, cwd, environment, paths) => {
  expect(searchedPaths(file, { cwd, env: environment })).toEqual(paths)
})

describe('a command is given to the relay', () => {
  const pty = { path: '/relay', columns: 80, rows: 24 }
  const plain = inFolder('plain')
  writeFileSync(plain, '')
  writeFileSync(inFolder('tool'), '', { mode: 0o755 })
  const here = { cwd: inFolder(''), env: { PATH: '/nowhere:' } }

  test.each(['./tool', inFolder('tool'), 'tool'])('where it can be executed: %s', (file) => {
    expect(relayed(pty, [file, '-x'], here)).toEqual([
      '/relay',
      '--pty-relay',
      '--columns=80',
      '--rows=24',
      '--',
      file,
      '-x',
    ])
  })

  test.each(['./missing', 'missing', plain, 'plain', '/', `${plain}/x`, '', 'no\0such'])(
    'and not otherwise: %j',
    (file) => {
      expect(relayed(pty, [file, '-x'], here)).toEqual([file, '-x'])
    },
  )
})

const pty = 'run --pty stdout'

test.each([
  ['kill -34 $$', undefined],
  ['kill -TERM $$', 143],
])('the end by `%s` is as it is without a terminal', (script, code) => {
  const plain = bash(`rivulet run -- sh -c '${script}'`).status
  if (code !== undefined) expect(plain).toBe(code)
  expect(bash(`rivulet ${pty} -- sh -c '${script}'`).status).toBe(plain)
})

test('the process id of the start event is the program’s, and takes its signals', async () => {
  const rivulet = new Rivulet(`${pty} --format jsonl -- sh -c 'echo $$; exec sleep 1000'`)
  await rivulet.shows('"output"')
  const [start, output] = rivulet.stdout.split('\n').map((line) => JSON.parse(line || '{}') as Record<string, unknown>)
  expect(output).toMatchObject({ data: `${String(start?.pid)}\n` })
  process.kill(Number(start?.pid), 'SIGTERM')
  expect((await rivulet.ended).status).toBe(143)
})

test('what cannot be started is no run, and is not started again', () => {
  for (const [file, code] of [
    ['no-such-program', 127],
    ['/etc/passwd', 126],
  ] as const) {
    const plain = bash(`rivulet run --restart 2 --format jsonl -- ${file}`)
    expect(plain.status).toBe(code)
    expect(bash(`rivulet ${pty} --restart 2 --format jsonl -- ${file}`)).toEqual(plain)
  }
})

test('a program is found in the cwd and on the PATH of the command', () => {
  writeFileSync(inFolder('here'), '#!/bin/sh\ntest -t 1 && echo tty\n', { mode: 0o755 })
  const folder = inFolder('')
  expect(bash(`rivulet ${pty} --cwd ${folder} -- ./here`).stdout).toBe('out | tty\n')
  expect(bash(`rivulet ${pty} --env "PATH=${folder}" -- here`).stdout).toBe('out | tty\n')
})

test('who holds only the terminal behind the end is stopped, as who holds a pipe is', () => {
  const { status, stdout } = bash(`rivulet ${pty} -- sh -c 'sleep 1000 2>/dev/null & echo $!'`)
  expect(status).toBe(0)
  expect(lives(/out \| (\d+)/.exec(stdout)?.[1] ?? '')).toBe(false)
})

/** Whoever is over may still wait to be reaped by whoever inherited it. */
function lives(pid: string): boolean {
  try {
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
