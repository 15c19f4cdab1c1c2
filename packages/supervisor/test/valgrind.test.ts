import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildSupervisorFor, compileProgram, temporaryFolder } from './support/build.ts'
import { relayScenarios } from './support/relay-scenarios.ts'
import { scenarios } from './support/scenarios.ts'

const FOUND = 99

if (spawnSync('valgrind', ['--version']).status !== 0)
  throw new Error('These tests need valgrind, as Debian’s package valgrind')

const programs = { writer: compileProgram('writer'), family: compileProgram('family') }
const reports = temporaryFolder()
const valgrind = ['valgrind', '--quiet', '--leak-check=full', '--show-leak-kinds=all', '--trace-children=no']
const supervisor = [
  ...valgrind,
  `--error-exitcode=${FOUND}`,
  '--errors-for-leak-kinds=all',
  buildSupervisorFor('debug'),
]

test.each(Object.entries(scenarios))('valgrind finds nothing in: %s', { timeout: 60_000 }, async (_, act) => {
  const run = await act({ supervisor, stderr: 'pipe' }, programs)
  const told: Buffer[] = []
  run.process.stderr!.on('data', (chunk: Buffer) => told.push(chunk))
  const { code } = await run.ended
  expect(Buffer.concat(told).toString()).toBe('')
  expect([0, 1]).toContain(code)
})

test.each(Object.entries(relayScenarios))(
  'valgrind finds nothing in a relay with %s',
  { timeout: 60_000 },
  async (_, act) => {
    const relay = await act({
      supervisor: [...supervisor.slice(0, -1), `--log-file=${reports}/%p`, supervisor.at(-1)!],
    })
    await relay.closed
    const told = readdirSync(reports).map((name) => readFileSync(join(reports, name), 'utf8'))
    expect(told).not.toEqual([])
    expect(told.join('')).toBe('')
  },
)

test('valgrind finds nothing in the probe', { timeout: 60_000 }, () => {
  const [file = '', ...args] = supervisor
  expect(spawnSync(file, [...args, '--probe'], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
})
