import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCommandFile } from '../../../../src/commands/run/command-list/read-command-file.ts'
import { UsageError } from '../../../../src/command-line/usage-error.ts'
import { main } from '../../../support/main.ts'

describe('a command file', () => {
  let folder: string
  const path = (name: string): string => join(folder, name)

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rivulet-commands-'))
    writeFileSync(path('large'), '')
    truncateSync(path('large'), 1024 * 1024)
    writeFileSync(path('larger'), '')
    truncateSync(path('larger'), 1024 * 1024 + 1)
    writeFileSync(path('latin1'), Buffer.from([0x6d, 0xe4]))
    writeFileSync(path('bom'), '\ufeffa: grüße')
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('is read as UTF-8, without its byte order mark', () => {
    expect(readCommandFile(path('bom'))).toBe('a: grüße')
    expect(readCommandFile(path('large'))).toHaveLength(1024 * 1024)
  })

  test.each([
    ['missing', "cannot read --file '%': no such file or folder"],
    ['.', "cannot read --file '%': it is a folder"],
    ['latin1', "cannot read --file '%': it is not UTF-8 text"],
    ['larger', "--file '%' is larger than 1 MiB, the most of a command file"],
  ])('that is %s is refused', (name, why) => {
    expect(() => readCommandFile(path(name))).toThrow(new UsageError(why.replace('%', path(name))))
  })

  test('that does not end is refused', () => {
    expect(() => readCommandFile('/dev/zero')).toThrow(/is larger than 1 MiB/)
  })

  test.each([
    ['a file', 'inherit-file'],
    ['a pipe', 'pipe'],
  ])('may be our stdin, from %s', (_, kind) => {
    writeFileSync(path('commands'), "one: echo 'from stdin'\n")
    const script = kind === 'pipe' ? 'cat commands | "$0" "$1" run --file -' : '"$0" "$1" run --file - < commands'
    const { stdout, stderr } = spawnSync('sh', ['-c', script, process.execPath, main], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect({ stdout, stderr }).toEqual({ stdout: 'one out | from stdin\n', stderr: '' })
  })
})
