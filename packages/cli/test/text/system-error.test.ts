import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { systemError } from '../../src/text/system-error.ts'

function thrownBy(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new Error('Nothing was thrown')
}

const coded = (code: string): Error => Object.assign(new Error('as Node says it'), { code })

test.each([
  ['a code that people meet', thrownBy(() => readFileSync('/none')), { code: 'ENOENT', why: 'no such file or folder' }],
  ['a code of Node’s own', coded('ERR_OF_NODE'), { code: 'ERR_OF_NODE', why: 'as Node says it' }],
  ['an error without a code', new RangeError('too far'), { code: 'RangeError', why: 'too far' }],
  ['what is no error', undefined, { code: 'unknown', why: 'undefined' }],
])('%s is put into words', (_, cause, words) => {
  expect(systemError(cause)).toMatchObject(words)
})

test('a code without words of ours is worded by the system', () => {
  const error = Object.assign(new Error('ELOOP: ..., open'), { code: 'ELOOP', errno: -40 })
  expect(systemError(error)).toEqual({ code: 'ELOOP', why: 'too many symbolic links encountered' })
})

test('the reasons that are given come first', () => {
  const reasons = new Map([['ENOSPC', 'make room']])
  expect(systemError(coded('ENOSPC'), reasons).why).toBe('make room')
  expect(systemError(coded('EACCES'), reasons).why).toBe('permission denied')
})
