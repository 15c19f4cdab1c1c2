import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildSupervisor, temporaryFolder } from './support/build.ts'
import { Run } from './support/supervisor.ts'
import type { Start } from './support/supervisor.ts'

const { ENOENT, EACCES, ENOTDIR, E2BIG, EMFILE, EAGAIN } = constants.errno
const CWD = 1
const PROGRAM = 2
const RESOURCES = 3

const folder = temporaryFolder()
const script = join(folder, 'script')
mkdirSync(join(folder, 'bin'))
writeFileSync(join(folder, 'bin', 'tool'), '#!/bin/sh\necho tool "$@"\n', { mode: 0o755 })
writeFileSync(join(folder, 'plain'), 'no program')
writeFileSync(join(folder, 'nothing'), '#!/nowhere/at/all\n', { mode: 0o755 })

test.each<[string, string[], Start, { phase: number; errno: number }]>([
  ['a file that there is not', ['/nowhere/at/all'], {}, { phase: PROGRAM, errno: ENOENT }],
  ['a name that is nowhere on the PATH', ['no-such-tool'], {}, { phase: PROGRAM, errno: ENOENT }],
  ['a file that is no program', [join(folder, 'plain')], {}, { phase: PROGRAM, errno: EACCES }],
  ['a folder', [folder], {}, { phase: PROGRAM, errno: EACCES }],
  ['an interpreter that there is not', [join(folder, 'nothing')], {}, { phase: PROGRAM, errno: ENOENT }],
  ['an empty name', [''], {}, { phase: PROGRAM, errno: ENOENT }],
  ['a cwd that there is not', ['true'], { options: ['--cwd=/nowhere'] }, { phase: CWD, errno: ENOENT }],
  ['a cwd that is a file', ['true'], { options: [`--cwd=${folder}/plain`] }, { phase: CWD, errno: ENOTDIR }],
  ['an empty cwd', ['true'], { options: ['--cwd='] }, { phase: CWD, errno: ENOENT }],
])('%s is refused, and nothing else is told', async (_, command, start, expected) => {
  for (const extra of [[], ['--contain'], ['--order=arrival']]) {
    const run = new Run(command, { ...start, options: [...(start.options ?? []), ...extra] })
    expect(await run.refused()).toEqual(expected)
    expect(await run.ended).toEqual({ code: 0, signal: null, unfinished: 0 })
    expect(run.kinds()).toEqual(['made', 'refused'])
  }
})

/** As many arguments as the system takes for this file, to the byte. */
function longestArguments(file: string): string[] {
  const many = Array<string>(64).fill('x'.repeat(100_000))
  const fits = (args: string[]) => spawnSync(file, ['--', script, ...args], { stdio: 'ignore' }).error === undefined
  while (!fits(many)) many.pop()
  let [longest, tooLong] = [0, 100_001]
  while (tooLong - longest > 1) {
    const middle = (longest + tooLong) >> 1
    if (fits([...many, 'x'.repeat(middle)])) longest = middle
    else tooLong = middle
  }
  return [...many, 'x'.repeat(longest)]
}

test('arguments that are too long for the program, and not for the supervisor, are refused', async () => {
  // The long name of its interpreter comes before the script's own arguments.
  writeFileSync(script, `#!${'/.'.repeat(110)}/bin/sh\n`, { mode: 0o755 })
  const short = join(folder, 's')
  symlinkSync(buildSupervisor(), short)
  const run = new Run([script, ...longestArguments(short)], { supervisor: [short], env: process.env })
  expect(await run.refused()).toEqual({ phase: PROGRAM, errno: E2BIG })
  await run.ended
})

test.each([3, 5, 6, 8, 10, 11, 13].map((limit) => [limit]))(
  'with files enough for the start alone up to %i it is refused, and not by a hang',
  async (limit) => {
    const run = new Run(['true'], {
      supervisor: ['sh', '-c', `ulimit -n ${limit}; exec "$0" "$@"`, buildSupervisor()],
    })
    await run.ended
    expect(run.kinds()).toEqual(['refused'])
    expect(await run.refused()).toEqual({ phase: RESOURCES, errno: EMFILE })
  },
)

test('where no process can be started it is refused', async () => {
  const user = ['setpriv', '--reuid=54321', '--clear-groups']
  const able = spawnSync(user[0]!, [...user.slice(1), 'true']).status === 0
  // Root is not bound by the number of processes, and only root can become another user.
  const limits = ['prlimit', '--nproc=1', ...(able ? user : [])]
  const binary = join(folder, 'supervisor')
  spawnSync('cp', [buildSupervisor(), binary])
  chmodSync(folder, 0o755)
  const run = new Run(['true'], { supervisor: [...limits, binary] })
  expect(await run.refused()).toEqual({ phase: RESOURCES, errno: EAGAIN })
  await run.ended
})

test('the file is searched on the PATH of the environment, from the cwd', async () => {
  const run = new Run(['tool', 'one argument', '', '--', '-x'], {
    options: [`--cwd=${folder}`],
    env: { PATH: 'bin:/bin:/usr/bin' },
  })
  await run.over()
  expect(run.text(1)).toBe('tool one argument  -- -x\n')
})

test('the environment and the arguments are passed on as they are', async () => {
  const env = { A: '1', EMPTY: '', SPACE: 'a b\nc', PATH: process.env.PATH }
  const run = new Run(['env', '-0'], { env })
  await run.over()
  expect(run.text(1).split('\0').filter(Boolean).sort()).toEqual(
    Object.entries(env)
      .map(([name, value]) => `${name}=${value ?? ''}`)
      .sort(),
  )
  const args = ['*', '$HOME', 'a b', '', '"', '\\', '\n', 'é']
  const printed = new Run(['printf', '%s\\0', ...args])
  await printed.over()
  expect(Buffer.from(printed.text(1), 'latin1').toString().split('\0').slice(0, -1)).toEqual(args)
})

test('the cwd is the program’s', async () => {
  const run = new Run(['pwd'], { options: [`--cwd=${folder}`] })
  await run.over()
  expect(run.text(1)).toBe(`${realpathSync(folder)}\n`)
})

test('the program has files 0 to 2 and no other, whatever was open', async () => {
  const run = new Run(['cat'], {
    supervisor: ['sh', '-c', 'exec 5</dev/null 7>/dev/null 9</dev/null "$0" "$@"', buildSupervisor()],
    stdin: 'pipe',
  })
  run.process.stdin!.write('running\n')
  await run.printed('running')
  expect(readdirSync(`/proc/${await run.pid()}/fd`).sort()).toEqual(['0', '1', '2'])
  run.endInput()
  await run.over()
})

test('the program has an empty mask and all dispositions as the system gives them', async () => {
  const run = new Run(['cat', '/proc/self/status'], {
    supervisor: ['bash', '-c', 'trap "" HUP INT TERM PIPE CHLD USR1; exec "$0" "$@"', buildSupervisor()],
  })
  await run.over()
  const sets = [...run.text(1).matchAll(/^(Sig(?:Blk|Ign|Cgt)|ShdPnd):\s*(\w+)$/gm)].map((match) => match.slice(1))
  const none = '0000000000000000'
  expect(sets).toEqual([
    ['ShdPnd', none],
    ['SigBlk', none],
    ['SigIgn', none],
    ['SigCgt', none],
  ])
})

test('a supervisor that was started without files 0 to 2 gives none of its own away', async () => {
  const run = new Run(['sh', '-c', 'readlink /proc/$$/fd/0; echo out; echo err >&2'], {
    supervisor: ['sh', '-c', 'exec <&- >&- 2>&- "$0" "$@"', buildSupervisor()],
  })
  await run.over()
  expect([run.text(1), run.text(2)]).toEqual(['/dev/null\nout\n', 'err\n'])
})

test.each([
  ['echo x >/dev/stderr', 2],
  ['echo x | tee /dev/stderr >/dev/null', 2],
  ['echo x >/proc/self/fd/1', 1],
  ['echo x >>/dev/stdout', 1],
  ['echo x | cat >/dev/fd/2', 2],
])('`%s` works', async (script, stream) => {
  const run = new Run(['bash', '-c', script], { stdin: 'pipe' })
  await run.over()
  expect(run.printedInOrder()).toEqual([`${stream}:x\n`])
})

test('the program’s files are pipes that wait, and which hold a page in exact order', async () => {
  const script =
    'import fcntl,os,stat;print([(stat.S_ISFIFO(os.fstat(f).st_mode),bool(fcntl.fcntl(f,3)&os.O_NONBLOCK)) for f in range(3)],' +
    '[fcntl.fcntl(f,1032)==os.sysconf("SC_PAGESIZE") for f in (1,2)])'
  const run = new Run(['python3', '-c', script], { stdin: 'pipe' })
  await run.over()
  expect(run.text(1)).toBe('[(True, False), (True, False), (True, False)] [True, True]\n')
})
