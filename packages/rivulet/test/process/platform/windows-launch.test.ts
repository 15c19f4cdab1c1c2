import { expect, test } from 'vitest'
import { SpawnError } from '../../../src/process/errors.ts'
import { windowsLaunch } from '../../../src/process/platform/windows-launch.ts'

const files = ['C:\\tools\\npm.cmd', 'C:\\tools\\old.BAT', 'C:\\tools\\node.exe', 'C:\\100%\\a.cmd']
const ComSpec = 'C:\\Windows\\System32\\cmd.exe'

function launch(command: readonly string[], env: Record<string, string> = { ComSpec }) {
  const place = { cwd: 'C:\\work', env: { Path: 'C:\\tools', ...env } }
  return windowsLaunch(command, place, (path) => files.some((file) => file.toLowerCase() === path.toLowerCase()))
}

test('a program is started by its full path, its arguments as they are, without a shell or a window', () => {
  const args = ['-e', 'a "b" %PATH% & c', '']
  expect(launch(['node', ...args])).toEqual({
    file: 'C:\\tools\\node.exe',
    args,
    options: { detached: false, windowsHide: true },
  })
})

test('a path at which nothing is found is left to the system, which will say so', () => {
  expect(launch(['C:\\nowhere\\x', '%x%'])).toEqual({
    file: 'C:\\nowhere\\x',
    args: ['%x%'],
    options: { detached: false, windowsHide: true },
  })
})

test('a name that is not found on PATH is refused, and not handed on to be looked for in the current folder', () => {
  expect(() => launch(['git'])).toThrow(expect.objectContaining({ code: 'ENOENT', command: ['git'] }) as Error)
  expect(() => launch(['git'])).toThrow("Cannot start 'git': not found on PATH (ENOENT)")
})

test.each([['C:\\tools\\npm.cmd.'], ['C:\\tools\\npm.CMD '], ['C:\\nowhere\\x.bat. .']])(
  '%j is a batch file too, for Windows drops the end of the name',
  (file) => {
    expect(() => launch([file, '%x%'])).toThrow('is a batch file')
  },
)

test('a batch file is started by cmd.exe, with one line that nothing changes any more', () => {
  expect(launch(['npm', 'run', 'build all'])).toEqual({
    file: ComSpec,
    args: ['/d', '/s', '/c', '""C:\\tools\\npm.cmd" "run" "build all""'],
    options: { detached: false, windowsHide: true, windowsVerbatimArguments: true },
  })
})

test.each([['old'], ['OLD.bat'], ['C:\\tools\\npm'], ['C:/tools/npm.CMD']])('%s is seen to be a batch file', (file) => {
  expect(launch([file])).toHaveProperty('file', ComSpec)
})

test('the shell is what ComSpec names in any case, and that of the system without it', () => {
  expect(launch(['npm'], { COMSPEC: 'D:\\cmd.exe' }).file).toBe('D:\\cmd.exe')
  expect(launch(['npm'], {}).file).toMatch(/^C:\\Windows\\System32\\cmd\.exe$/)
})

test.each([
  ['an argument', ['npm', 'a&calc'], 'npm'],
  ['one of many arguments', ['npm', 'a', '%PATH%', 'b'], 'npm'],
  ['the path', ['C:\\100%\\a'], 'C:\\100%\\a'],
])('%s that cmd.exe may take for its own is refused with an error that says so', (_what, command, name) => {
  let error: unknown
  try {
    launch(command)
  } catch (thrown) {
    error = thrown
  }
  expect(error).toBeInstanceOf(SpawnError)
  expect(error).toMatchObject({ code: 'ERR_UNSAFE_BATCH_ARGUMENTS', command })
  expect(String(error)).toContain(`Cannot start '${name}'`)
  expect(String(error)).toMatch(/batch file.*run the program that it calls/)
})
