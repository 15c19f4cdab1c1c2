import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildSupervisor, temporaryFolder } from './support/build.ts'
import { bothSleep, childrenOf, lives, statusOf, until } from './support/processes.ts'
import { Relay, relayed } from './support/relay.ts'
import { Run } from './support/supervisor.ts'

const folder = temporaryFolder()

test('the program has a terminal for its stdout, and none for its stdin and stderr', () => {
  const { stdout } = relayed(['sh', '-c', 'for file in 0 1 2; do test -t $file && echo $file; done; true'])
  expect(stdout).toBe('1\n')
})

test.each([
  [[], '24 80'],
  [['--columns=132', '--rows=50'], '50 132'],
  [['--columns=0', '--rows=0'], '0 0'],
])('with %j the terminal has %s rows and columns', (options, size) => {
  expect(relayed(['sh', '-c', 'stty size <&1'], { options }).stdout).toBe(`${size}\n`)
})

test('what is printed comes as it is, whatever it is', () => {
  const bytes = Buffer.concat([
    Buffer.from('one\ntwo\r\n\tthree\u0004\u0003'),
    Buffer.from(Array.from({ length: 256 }, (_, at) => at)),
    randomBytes(1_000_000),
  ])
  writeFileSync(join(folder, 'bytes'), bytes)
  expect(relayed(['cat', join(folder, 'bytes')]).bytes.equals(bytes)).toBe(true)
})

test('stderr goes where the relay’s goes, and stdin comes from where its comes', async () => {
  const relay = new Relay(['sh', '-c', 'read line; echo "$line" >&2'])
  relay.process.stdin.end('hello\n')
  await relay.ended
  await until(() => relay.stderr !== '')
  expect({ stdout: relay.stdout, stderr: relay.stderr }).toEqual({ stdout: '', stderr: 'hello\n' })
})

test.each([0, 1, 42, 255])('exit code %i is passed on', (code) => {
  expect(relayed(['sh', '-c', `exit ${code}`])).toMatchObject({ code, signal: null, stderr: '' })
})

test.each(['SIGKILL', 'SIGTERM', 'SIGSEGV', 'SIGPIPE', 'SIGUSR1'])(
  'where %s ended it, it ends the relay too',
  (signal) => {
    expect(relayed(['sh', '-c', `kill -${signal.slice(3)} $$`])).toMatchObject({ code: null, signal, stderr: '' })
  },
)

test('the core that a program may dump is not dumped once more by the relay', () => {
  const script = 'ulimit -S -c unlimited; exec "$0" --pty-relay -- sh -c "kill -ABRT \\$\\$"'
  const perl = ['-e', 'system(@ARGV); print $? & 127, " ", $? & 128', 'sh', '-c', script, buildSupervisor()]
  expect(spawnSync('perl', perl, { cwd: folder, encoding: 'utf8' }).stdout).toBe('6 0')
})

mkdirSync(join(folder, 'a-folder'))
writeFileSync(join(folder, 'plain'), 'no program')
writeFileSync(join(folder, 'nothing'), '#!/nowhere/at/all\n', { mode: 0o755 })

test.each([
  ['no-such-tool', 127, 'not found on PATH (ENOENT)'],
  ['/nowhere/at/all', 127, 'there is no such file (ENOENT)'],
  [join(folder, 'nothing'), 127, 'the interpreter that it names is not there (ENOENT)'],
  [join(folder, 'plain'), 126, 'it is not executable, or may not be run by this user (EACCES)'],
  [join(folder, 'a-folder'), 126, 'it is not executable, or may not be run by this user (EACCES)'],
])('%s gives exit code %i and says why', (file, code, why) => {
  expect(relayed([file])).toMatchObject({ code, stdout: '', stderr: `rivulet: Cannot start '${file}': ${why}\n` })
})

test('where no file can be opened it says so, with exit code 125', () => {
  const supervisor = ['sh', '-c', 'ulimit -n 4; exec "$0" "$@"', buildSupervisor()]
  const { code, stderr } = relayed(['true'], { supervisor })
  expect(code).toBe(125)
  expect(stderr).toMatch(/^rivulet: Cannot start 'true': it can be given no terminal: .* \(EMFILE\)\n$/)
})

test.each(['--columns=', '--columns=-1', '--rows=x', '--rows=65536'])('%s is refused', (option) => {
  const { code, stderr } = relayed(['true'], { options: [option] })
  expect(code).toBe(2)
  expect(stderr).toMatch(/^rivulet-supervisor: --(columns|rows) is a number of characters from 0 to 65535, not '.*'\n$/)
})

test('the program is in the relay’s group and session, and its signals and files are as the system gives them', async () => {
  const script =
    'read _ _ _ _ group session _ </proc/$$/stat; echo $group $session; ls /proc/$$/fd; cat /proc/self/status'
  const relay = new Relay(['sh', '-c', script], {
    supervisor: [
      'bash',
      '-c',
      'trap "" HUP INT TERM PIPE CHLD USR1; exec 5</dev/null 7>/dev/null "$0" "$@"',
      buildSupervisor(),
    ],
  })
  await relay.ended
  await until(() => /SigCgt:.*\n/.test(relay.stdout))
  expect(relay.stdout.split('\n').slice(0, 2)).toEqual([`${relay.pid} ${relay.pid}`, '0  1  2'])
  const sets = [...relay.stdout.matchAll(/^Sig(?:Blk|Ign|Cgt):\s*(\w+)$/gm)].map(([, set]) => set)
  expect(sets).toEqual(Array(3).fill('0000000000000000'))
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'the relay outlives a %s to the group, and gives what the program prints then',
  async (killSignal) => {
    const script = `trap 'echo last words; exit 7' ${killSignal.slice(3)}; echo ready; while :; do sleep 0.01; done`
    const relay = new Relay(['sh', '-c', script])
    await relay.printed('ready')
    relay.signal(killSignal)
    expect(await relay.ended).toEqual({ code: 7, signal: null })
    await relay.printed('last words')
  },
)

test('a reader that stalls stalls the program, and nothing is lost or gathered meanwhile', async () => {
  const relay = new Relay(['seq', '300000'], { isRead: false })
  await until(() => childrenOf(relay.pid).length === 1)
  const [program = 0] = childrenOf(relay.pid)
  await bothSleep(relay.pid, program)
  expect(Number.parseInt(statusOf(relay.pid, 'VmRSS'))).toBeLessThan(8000)
  relay.read()
  expect(await relay.ended).toEqual({ code: 0, signal: null })
  await relay.printed('\n300000\n')
  expect(relay.stdout).toBe(Array.from({ length: 300_000 }, (_, at) => `${at + 1}\n`).join(''))
})

test('the end of the program’s stdout is seen before its own end', async () => {
  const relay = new Relay(['sh', '-c', 'echo a; exec >&-; read line; exit 3'])
  await new Promise((resolve) => relay.process.stdout.once('end', resolve))
  expect(relay.process.exitCode).toBeNull()
  relay.process.stdin.end()
  expect(await relay.ended).toEqual({ code: 3, signal: null })
})

test('a program that does not read its stdin lets its writer know', async () => {
  const relay = new Relay(['sh', '-c', 'exec <&-; echo closed; while :; do sleep 0.01; done'])
  await relay.printed('closed')
  const failed = new Promise<NodeJS.ErrnoException>((resolve) => relay.process.stdin.once('error', resolve))
  relay.process.stdin.write(Buffer.alloc(1_000_000))
  expect((await failed).code).toMatch(/EPIPE|ECONNRESET/)
})

test('who is left behind and holds the terminal does not keep the relay', async () => {
  const relay = new Relay(['sh', '-c', 'sleep 1000 & echo $!'])
  expect(await relay.ended).toEqual({ code: 0, signal: null })
  expect(lives(Number(relay.stdout))).toBe(true)
})

test('a program whose relay is killed is killed', async () => {
  const relay = new Relay(['sh', '-c', 'echo $$; while :; do sleep 0.01; done'])
  await relay.printed('\n')
  const pid = Number(relay.stdout)
  relay.process.kill('SIGKILL')
  await relay.ended
  await until(() => !lives(pid))
})

test('a program whose reader leaves cannot write', () => {
  const script = '"$0" --pty-relay -- sh -c "yes; echo \\$? >&2" | head -n 1'
  const piped = relayed(['sh', '-c', script, buildSupervisor()])
  expect(piped).toMatchObject({ code: 0, stdout: 'y\n' })
  expect(piped.stderr).toMatch(/Input\/output error\n1\n$/)
})

test('it works under the supervisor, with containment', async () => {
  const run = new Run(
    [buildSupervisor(), '--pty-relay', '--', 'sh', '-c', 'test -t 1 && echo tty; echo err >&2; exit 6'],
    {
      options: ['--contain'],
    },
  )
  expect((await run.over()).strays).toBe(0)
  expect([run.text(1), run.text(2), (await run.exited()).code]).toEqual(['tty\n', 'err\n', 6])
})
