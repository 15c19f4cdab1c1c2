import { expect, test } from 'vitest'
import { shortName } from '../../src/text/short-name.ts'

test.each([
  ['api', 'api'],
  ['n'.repeat(64), 'n'.repeat(64)],
  ['n'.repeat(65), `${'n'.repeat(63)}…`],
  ['🎉'.repeat(1_000_000), `${'🎉'.repeat(63)}…`],
  ['\u001b'.repeat(40), `${'^['.repeat(31)}^…`],
  ['a\n\tb', 'a  b'],
])('%j is shown as %s', (name, shown) => {
  expect(shortName(name)).toBe(shown)
})
