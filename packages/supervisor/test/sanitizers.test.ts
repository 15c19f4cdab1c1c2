import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildSupervisorFor, compileProgram, temporaryFolder } from './support/build.ts'
import { relayScenarios } from './support/relay-scenarios.ts'
import { scenarios } from './support/scenarios.ts'

const FOUND = 99

const programs = { writer: compileProgram('writer'), family: compileProgram('family') }
const reports = temporaryFolder()

/** Its stderr is closed while it runs: what the sanitizers find they are to write elsewhere. */
const env = {
  ...process.env,
  // Leaks are valgrind's to find: here that needs ptrace, which a container may not allow.
  ASAN_OPTIONS: `exitcode=${FOUND}:detect_leaks=0:log_path=${join(reports, 'asan')}`,
  UBSAN_OPTIONS: `print_stacktrace=1:log_path=${join(reports, 'ubsan')}`,
}

function build(): string {
  try {
    return buildSupervisorFor('sanitize')
  } catch (error) {
    throw new Error('These tests need gcc with its sanitizers, as Debian’s gcc and libasan8, libubsan1', {
      cause: error,
    })
  }
}

const supervisor = build()

const found = () => readdirSync(reports).map((name) => readFileSync(join(reports, name), 'utf8'))

test.each(Object.entries(scenarios))('the sanitizers find nothing in: %s', { timeout: 30_000 }, async (_, act) => {
  const run = await act({ supervisor: [supervisor], env }, programs)
  const { code } = await run.ended
  expect(found()).toEqual([])
  expect([0, 1]).toContain(code)
})

test.each(Object.entries(relayScenarios))('the sanitizers find nothing in a relay with %s', async (_, act) => {
  const relay = await act({ supervisor: [supervisor], env })
  await relay.closed
  expect(found()).toEqual([])
})

test('the sanitizers find nothing in the probe and in wrong arguments', () => {
  for (const args of [['--probe'], [], ['--order='], ['--kill-after-ms=x'], ['--rows=x'], ['--', 'true']])
    expect([0, 2]).toContain(spawnSync(supervisor, args, { env }).status)
  expect(found()).toEqual([])
})
