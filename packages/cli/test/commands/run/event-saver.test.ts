import { linkSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { refuseOverwriting } from '../../../src/commands/run/event-saver.ts'
import { inFolder } from '../../support/rivulet.ts'

const [path, link, other] = ['read', 'link', 'other'].map(inFolder) as [string, string, string]
writeFileSync(path, '')
writeFileSync(other, '')
linkSync(path, link)

test.each([
  ['--input', { save: link, input: path }],
  ['--file', { save: link, input: other, commandFile: path }],
])('a save over what %s reads is refused, by whatever name', async (option, paths) => {
  const message = `Cannot save to '${link}': ${option} reads it, and it would be overwritten; name another file`
  await expect(refuseOverwriting(paths)).rejects.toThrow(message)
})

test.each([
  { save: path, input: other, commandFile: other },
  { save: inFolder('not-there'), input: path },
  { save: '/dev/null', input: '/dev/null' },
  { save: undefined, input: path },
])('%j is not refused', async (paths) => {
  await refuseOverwriting(paths)
})
