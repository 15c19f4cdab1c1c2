import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  findSupervisor,
  thisMachine,
  type Machine,
  type Probe,
} from '../../../src/process/supervisor/find-supervisor.ts'

const answers: Probe = {
  code: 0,
  signalCode: null,
  stdout: 'rivulet-supervisor 1\n',
  stderr: '',
}
const machine: Machine = {
  platform: 'linux',
  arch: 'x64',
  resolve: (specifier) => `/modules/${specifier}`,
  probe: () => answers,
}
const path = join('/modules/@rivulet/supervisor-linux-x64/bin/rivulet-supervisor')

describe('the supervisor is there', () => {
  test('where its package is installed and it answers', () => {
    expect(findSupervisor(machine).status).toEqual({ available: true, path })
  })

  test('from the package of the very platform, with the binary in it probed once', () => {
    const seen: string[] = []
    const { status } = findSupervisor({
      ...machine,
      arch: 'arm64',
      resolve: (specifier) => {
        seen.push(specifier)
        return `/elsewhere/package.json`
      },
      probe: (binary) => {
        seen.push(binary)
        return answers
      },
    })
    expect(status.available).toBe(true)
    expect(seen).toEqual(['@rivulet/supervisor-linux-arm64/package.json', join('/elsewhere/bin/rivulet-supervisor')])
  })
})

describe('the supervisor is not there, and the reason is given', () => {
  const never: Pick<Machine, 'resolve' | 'probe'> = {
    resolve: () => expect.unreachable('resolved'),
    probe: () => expect.unreachable('probed'),
  }

  test.each([
    ['darwin', 'arm64'],
    ['win32', 'x64'],
    ['linux', 'riscv64'],
  ])('on %s %s, for which there is none, and nothing is tried', (platform, arch) => {
    expect(findSupervisor({ ...never, platform, arch }).status).toEqual({
      available: false,
      reason: `there is none for ${platform}-${arch}, only for linux-x64 and linux-arm64`,
    })
  })

  test('where its package is not installed', () => {
    const resolve = (): string => {
      throw new Error('Cannot find module')
    }
    expect(findSupervisor({ ...machine, ...never, resolve }).status).toEqual({
      available: false,
      reason:
        'the package @rivulet/supervisor-linux-x64 is not installed: ' +
        'install rivulet without leaving out optional dependencies',
    })
  })

  test.each([
    ['cannot be started', 'EACCES', 'cannot be started (EACCES)', false],
    ['may not be started', undefined, 'cannot be started (Requires run access)', false],
    ['does not answer', 'ETIMEDOUT', 'did not answer', true],
    ['finds a limit', 'EMFILE', 'cannot be started (too many files are open; run fewer programs at once)', true],
  ])('where the binary %s', (_, code, reason, isTemporary) => {
    const error = Object.assign(new Error('Requires run access'), code === undefined ? {} : { code })
    const probe = (): Probe => {
      throw error
    }
    const status = { available: false, reason: `${path} ${reason}` }
    expect(findSupervisor({ ...machine, probe })).toEqual({ status, isTemporary })
  })

  const refusals: [string, Partial<Probe>, string][] = [
    ['where a signal ended it', { code: null, signalCode: 'SIGSYS', stdout: '' }, `${path} was ended by SIGSYS`],
    [
      'where the system lacks what it needs, in its own words',
      { code: 1, stdout: '', stderr: 'rivulet-supervisor: no packet-mode pipes\n' },
      'rivulet-supervisor: no packet-mode pipes',
    ],
    ['where it fails without a word', { code: 1, stdout: '' }, `${path} exited with code 1`],
    [
      'where it is not ours: a shell took it for a script',
      { code: 2, stdout: '', stderr: 'sh: 1: Syntax error\nsh: 2: not found\n' },
      `${path} exited with code 2: sh: 1: Syntax error`,
    ],
    [
      'where it speaks another version',
      { stdout: 'rivulet-supervisor 10\n' },
      `${path} answers 'rivulet-supervisor 10' where this version of rivulet needs 'rivulet-supervisor 1'`,
    ],
  ]
  test.each(refusals)('%s', (_, probe, reason) => {
    expect(findSupervisor({ ...machine, probe: () => ({ ...answers, ...probe }) }).status).toEqual({
      available: false,
      reason,
    })
  })
})

describe.skipIf(process.platform === 'win32')('a probe', () => {
  let folder: string

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rivulet-probe-'))
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  function script(name: string, ...commands: string[]): string {
    const file = join(folder, name)
    writeFileSync(file, ['#!/bin/sh', ...commands, ''].join('\n'))
    chmodSync(file, 0o755)
    return file
  }

  test('is given its argument, nothing to read and none of our environment', () => {
    const file = script('surroundings', 'echo "$@"', 'cat', 'echo "[$HOME$NODE_ENV$VITEST]"', 'echo why >&2', 'exit 3')
    expect(thisMachine.probe(file)).toEqual({
      code: 3,
      signalCode: null,
      stdout: '--probe\n[]\n',
      stderr: 'why\n',
    })
  })

  test('tells the signal that ended it', () => {
    expect(thisMachine.probe(script('killed', 'kill -TERM $$'))).toMatchObject({ code: null, signalCode: 'SIGTERM' })
  })

  test('throws what kept it from being started', () => {
    expect(() => thisMachine.probe(join(folder, 'nowhere'))).toThrow(expect.objectContaining({ code: 'ENOENT' }))
  })
})
