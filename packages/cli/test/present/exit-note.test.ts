import { describe, expect, test } from 'vitest'
import { exitNote } from '../../src/present/exit-note.ts'
import { exit } from '../support/presented.ts'

describe('exitNote', () => {
  test.each([
    [{ code: 0 }, undefined],
    [{ code: 3 }, 'exited with code 3'],
    [{ code: null, signal: 'SIGSEGV' }, 'was ended by SIGSEGV'],
    [{ code: null }, 'was ended by a signal that has no name'],
    [{ code: null, signal: 'SIGTERM', reason: 'killed' }, 'was stopped (SIGTERM)'],
    [{ code: 0, reason: 'aborted' }, 'was stopped (exit code 0)'],
    [{ code: null, signal: 'SIGKILL', reason: 'timeout' }, 'timed out (SIGKILL)'],
    [{ code: null, signal: 'SIGTERM', reason: 'limit' }, 'was stopped at its output limit (SIGTERM)'],
    [{ code: null, reason: 'failed' }, 'was stopped because its input failed (by a signal)'],
  ] as const)('of %j is %s', (how, note) => {
    expect(exitNote(exit(how) as Parameters<typeof exitNote>[0])).toBe(note)
  })
})
