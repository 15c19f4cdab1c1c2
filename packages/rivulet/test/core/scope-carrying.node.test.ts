import { expect, test } from 'vitest'
import { fixtureResult } from '../support/fixture.ts'

/** Before it, `AsyncLocalStorage` is made of hooks, which once used make every await of the process several times slower. */
const hasContextFrames = Number(process.versions.node.split('.')[0]) >= 24

test('scopes switch no hooks on, so that no await outside of them is slower', async () => {
  expect(await fixtureResult('hooks')).toEqual({ before: false, after: false, afterRun: !hasContextFrames })
})

test('where the language has AsyncContext, scopes are carried by that', async () => {
  expect(await fixtureResult('async-context')).toEqual({ seen: [true, 'AbortError'], outside: true })
})
