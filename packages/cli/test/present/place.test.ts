import { describe, expect, test } from 'vitest'
import { hasColor } from '../../src/present/place.ts'
import { pipe } from '../support/defaults.ts'

describe('hasColor', () => {
  test.each([
    [{}, true, true],
    [{}, false, false],
    [{ TERM: 'dumb' }, true, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '' }, false, false],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ FORCE_COLOR: 'false' }, true, false],
    [{ FORCE_COLOR: '3', TERM: 'dumb' }, true, true],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, true, false],
  ])('auto with %j at a terminal (%s) is %s', (env, isTerminal, isColored) => {
    expect(hasColor({ ...pipe, env }, isTerminal)).toBe(isColored)
  })

  test('always and never override the environment', () => {
    expect(hasColor({ ...pipe, color: 'always', env: { NO_COLOR: '1' } }, false)).toBe(true)
    expect(hasColor({ ...pipe, color: 'never', env: { FORCE_COLOR: '1' } }, true)).toBe(false)
  })

  test('plain never has one', () => {
    expect(hasColor({ ...pipe, format: 'plain', color: 'always' }, true)).toBe(false)
  })
})
