import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readdirSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildSupervisor, temporaryFolder } from './support/build.ts'
import { bothSleep, lives, statusOf, until } from './support/processes.ts'
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
  await relay.closed
  await until(() => relay.stderr !== '')
  expect({ stdout: relay.stdout, stderr: relay.stderr }).toEqual({ stdout: '', stderr: 'hello\n' })
})

test.each([0, 1, 42, 255])('exit code %i is passed on', (code) => {
  expect(relayed(['sh', '-c', `exit ${code}`])).toMatchObject({ code, signal: null, stderr: '' })
})

test('the program is the process that was started, and has nobody to wait for', async () => {
  const relay = new Relay(['sh', '-c', 'echo $$; cat /proc/$$/task/$$/children; echo .'])
  await relay.closed
  // What reads the list is in it.
  expect(relay.stdout).toMatch(new RegExp(`^${relay.pid}\\n\\d+ \\.\\n$`))
})

test.each(['SIGKILL', 'SIGTERM', 'SIGSEGV', 'SIGPIPE', 'SIGUSR1'])('where %s ended it, that is told', (signal) => {
  expect(relayed(['sh', '-c', `kill -${signal.slice(3)} $$`])).toMatchObject({ code: null, signal, stderr: '' })
})

test('a signal to the process alone is the program’s', async () => {
  const relay = new Relay(['sh', '-c', 'trap "echo last words; exit 5" TERM; echo ready; while :; do sleep 0.01; done'])
  await relay.printed('ready')
  process.kill(relay.pid, 'SIGTERM')
  expect(await relay.ended).toEqual({ code: 5, signal: null })
  await relay.printed('last words')
})

test.each([
  ['a real-time signal', 'kill -34 \\$\\$'],
  ['a core', 'ulimit -S -c unlimited; kill -ABRT \\$\\$'],
])('the end by %s is as it is without it', (_, script) => {
  const waitStatus = (start: string) =>
    spawnSync(
      'perl',
      ['-e', 'system(@ARGV); print $?', 'sh', '-c', `exec ${start} sh -c "${script}"`, buildSupervisor()],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    ).stdout
  const plain = waitStatus('')
  expect(plain).toMatch(/^(34|6|134)$/)
  expect(waitStatus('"$0" --pty-relay --')).toBe(plain)
})

mkdirSync(join(folder, 'a-folder'))
writeFileSync(join(folder, 'plain'), 'no program')
writeFileSync(join(folder, 'nothing'), '#!/nowhere/at/all\n', { mode: 0o755 })
symlinkSync('loop', join(folder, 'loop'))

test.each([
  ['no-such-tool', 127, 'not found on PATH (ENOENT)'],
  ['/nowhere/at/all', 127, 'there is no such file (ENOENT)'],
  [join(folder, 'nothing'), 127, 'the interpreter that it names is not there (ENOENT)'],
  [join(folder, 'plain'), 126, 'it is not executable, or may not be run by this user (EACCES)'],
  [join(folder, 'a-folder'), 126, 'it is not executable, or may not be run by this user (EACCES)'],
  [join(folder, 'loop'), 126, 'Too many levels of symbolic links (ELOOP)'],
  [join(folder, 'plain', 'x'), 126, 'Not a directory (ENOTDIR)'],
])('%s gives exit code %i and says why', (file, code, why) => {
  expect(relayed([file])).toMatchObject({ code, stdout: '', stderr: `rivulet: Cannot start '${file}': ${why}\n` })
})

test('where no file can be opened it says so, with exit code 125', () => {
  const supervisor = ['sh', '-c', 'ulimit -n 4; exec "$0" "$@"', buildSupervisor()]
  const { code, stderr } = relayed(['true'], { supervisor })
  expect(code).toBe(125)
  expect(stderr).toMatch(/^rivulet: Cannot start 'true': it can be given no terminal: .* \(EMFILE\)\n$/)
})

test('a program that is being written is told with exit code 126', () => {
  const busy = join(folder, 'busy')
  const writer = openSync(busy, 'w', 0o755)
  const { code, stderr } = relayed([busy])
  closeSync(writer)
  expect({ code, stderr }).toEqual({ code: 126, stderr: `rivulet: Cannot start '${busy}': Text file busy (ETXTBSY)\n` })
})

test.each(['--columns=', '--columns=-1', '--rows=x', '--rows=65536'])('%s is refused', (option) => {
  const { code, stderr } = relayed(['true'], { options: [option] })
  expect(code).toBe(2)
  expect(stderr).toMatch(/^rivulet-supervisor: --(columns|rows) is a number of characters from 0 to 65535, not '.*'\n$/)
})

test('the program is in the group and session that it was started in, and its signals and files are as the system gives them', async () => {
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
  await relay.closed
  expect(relay.stdout.split('\n').slice(0, 2)).toEqual([`${relay.pid} ${relay.pid}`, '0  1  2'])
  const sets = [...relay.stdout.matchAll(/^Sig(?:Blk|Ign|Cgt):\s*(\w+)$/gm)].map(([, set]) => set)
  expect(sets).toEqual(Array(3).fill('0000000000000000'))
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'what the program prints after a %s to the group is given',
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
  const copier = await relay.copier()
  await bothSleep(relay.pid, copier)
  expect(Number.parseInt(statusOf(copier, 'VmRSS'))).toBeLessThan(8000)
  relay.read()
  await relay.closed
  expect(await relay.ended).toEqual({ code: 0, signal: null })
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

test('who is left behind and holds the terminal keeps our stdout open, as it would a pipe', async () => {
  const script = '(while [ ! -e "$0" ]; do sleep 0.01; done; echo late) & exit 3'
  const relay = new Relay(['sh', '-c', script, join(folder, 'go-on')])
  expect(await relay.ended).toEqual({ code: 3, signal: null })
  writeFileSync(join(folder, 'go-on'), '')
  await relay.closed
  expect(relay.stdout).toBe('late\n')
})

test('where who left the group holds the terminal, a SIGTERM behind the end ends the copying', async () => {
  const relay = new Relay(['sh', '-c', 'setsid sh -c "echo \\$\\$; exec sleep 1000" & read line'])
  const copier = await relay.copier()
  await relay.printed('\n')
  relay.process.stdin.end('\n')
  await relay.ended
  relay.signal('SIGTERM')
  await relay.closed
  await until(() => !lives(copier))
  const holder = Number(relay.stdout)
  expect(lives(holder)).toBe(true)
  process.kill(holder, 'SIGKILL')
})

test('what somebody prints after a SIGTERM behind the end is given', async () => {
  const script = '(trap "sleep 0.1; echo last words; exit" TERM; echo ready; while :; do sleep 0.01; done) & read line'
  const relay = new Relay(['sh', '-c', script])
  await relay.printed('ready')
  relay.process.stdin.end('\n')
  await relay.ended
  relay.signal('SIGTERM')
  await relay.closed
  expect(relay.stdout).toBe('ready\nlast words\n')
})

test('a SIGTERM while the program lives does not end the copying, however long it is quiet then', async () => {
  const relay = new Relay(['sh', '-c', 'trap "" TERM; echo ready; read line; echo last words'])
  await relay.printed('ready')
  relay.signal('SIGTERM')
  const quietMs = 1300
  await new Promise((resolve) => setTimeout(resolve, quietMs))
  relay.process.stdin.end('\n')
  await relay.closed
  expect(relay.stdout).toBe('ready\nlast words\n')
})

test('the copier holds the terminal and our stdout, and nothing else that was ours', async () => {
  const relay = new Relay(['sh', '-c', 'echo ready; read line'])
  await relay.printed('ready')
  const files = `/proc/${await relay.copier()}/fd`
  const kinds = readdirSync(files).map((file) => readlinkSync(join(files, file)).replace(/^.*:\[\d+\]$/, 'stdout'))
  expect(kinds.sort()).toEqual([expect.stringMatching(/ptmx$/), 'anon_inode:[signalfd]', 'stdout'])
})

test('a SIGKILL to the group leaves nobody', async () => {
  const relay = new Relay(['sh', '-c', 'sleep 1000 & echo ready; wait'])
  await relay.printed('ready')
  const copier = await relay.copier()
  relay.signal('SIGKILL')
  expect(await relay.ended).toEqual({ code: null, signal: 'SIGKILL' })
  await relay.closed
  await until(() => !lives(copier))
})

test('the copier goes when its reader does, even if nobody prints', async () => {
  const relay = new Relay(['sh', '-c', 'echo ready; read line; echo a; echo b'])
  await relay.printed('ready')
  const copier = await relay.copier()
  relay.process.stdout.destroy()
  await until(() => !lives(copier))
  relay.process.stdin.end('\n')
  await relay.ended
  await until(() => /I\/O error|Input\/output error/.test(relay.stderr))
})

test('a program whose reader leaves cannot write', () => {
  const script = '"$0" --pty-relay -- sh -c "yes; echo \\$? >&2" | head -n 1'
  const piped = relayed(['sh', '-c', script, buildSupervisor()])
  expect(piped).toMatchObject({ code: 0, stdout: 'y\n' })
  expect(piped.stderr).toMatch(/Input\/output error\n1\n$/)
})

const underSupervisor = (script: string, options: string[]) =>
  new Run([buildSupervisor(), '--pty-relay', '--', 'sh', '-c', script], { options })

test('it works under the supervisor, with containment, and the copier is no stray', async () => {
  const runs = Array.from({ length: 20 }, () =>
    underSupervisor('test -t 1 && echo tty; echo err >&2; exit 6', ['--contain']),
  )
  for (const run of runs) {
    expect((await run.over()).strays).toBe(0)
    expect([run.text(1), run.text(2), (await run.exited()).code]).toEqual(['tty\n', 'err\n', 6])
  }
})

test('of who holds the terminal behind the end the supervisor counts only the strays', async () => {
  const run = underSupervisor('sleep 1000 2>/dev/null & exit 6', ['--contain'])
  expect((await run.exited()).code).toBe(6)
  run.stop()
  expect((await run.over()).strays).toBe(1)
})
