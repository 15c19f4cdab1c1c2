import { closeSync, openSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isSameFile } from '../../src/screen/outputs.ts'
import { bash, inFolder } from '../support/rivulet.ts'

test('one file that was opened twice is the same, two files and two devices are not', () => {
  const path = inFolder('one')
  const files = [path, path, inFolder('other'), '/dev/null', '/dev/zero'].map((each) => openSync(each, 'a'))
  const [one = -1, again = -1, other = -1, device = -1, otherDevice = -1] = files
  expect(isSameFile(one, again)).toBe(true)
  expect(isSameFile(one, other)).toBe(false)
  expect(isSameFile(one, device)).toBe(false)
  expect(isSameFile(device, otherDevice)).toBe(false)
  for (const file of files) closeSync(file)
})

test('with both in one pipe, or one file, a line that another stream interrupts is ended first', () => {
  const command = `--order exact -- sh -c 'printf part; echo error >&2; echo rest'`
  const wanted = 'out | part\nerr | error\nout + rest\n'
  expect(bash(`rivulet run ${command} 2>&1 | cat`).stdout).toBe(wanted)
  const path = inFolder('both')
  expect(bash(`rivulet run ${command} > ${path} 2>&1; cat ${path}`).stdout).toBe(wanted)
  const apart = bash(`rivulet run ${command}`)
  expect([apart.stdout, apart.stderr]).toEqual(['out | partrest\n', 'err | error\n'])
})
