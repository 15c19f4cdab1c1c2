import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { supervisorStatus } from '../../src/process/index.ts'
import { findSupervisor, thisMachine } from '../../src/process/supervisor/find-supervisor.ts'
import { workspace } from '../house/files.ts'

test('supervisorStatus() says what looking for it finds', () => {
  expect(supervisorStatus()).toEqual(findSupervisor(thisMachine).status)
})

test('supervisorStatus() keeps its first answer', () => {
  expect(supervisorStatus()).toBe(supervisorStatus())
})

test('importing the runner and starting a program look for no supervisor, asking does, and once', () => {
  const program = `
    import childProcess from 'node:child_process'
    import { syncBuiltinESMExports } from 'node:module'
    let probes = 0
    childProcess.spawnSync = () => (probes++, { status: 0, signal: null, stdout: '', stderr: '' })
    syncBuiltinESMExports()
    const { run, supervisorStatus } = await import('rivulet/process')
    await run(process.execPath, ['--version']).wait()
    const before = probes
    supervisorStatus()
    const asked = probes
    supervisorStatus()
    console.log(JSON.stringify([before, asked, probes]))
  `
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: workspace,
    encoding: 'utf8',
  })
  const isForUs = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch)
  expect(JSON.parse(output)).toEqual(isForUs ? [0, 1, 1] : [0, 0, 0])
})
