import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { firstNames } from '../../../src/commands/show/perform.ts'
import { output, saved, start } from '../../record/support/events.ts'
import { fileWith } from '../../record/support/folder.ts'

const named = (name: string): string => saved(start({ name }), output('x\n', { name }))

describe('firstNames()', () => {
  test('gives each name of the first events once', async () => {
    const content = named('api') + saved(output('x')) + named('web') + named('api')
    expect(await firstNames(fileWith(content))).toEqual(['api', 'web'])
    expect(await firstNames(fileWith(gzipSync(content)))).toEqual(['api', 'web'])
  })

  test('does not read a long record to its end', async () => {
    expect(await firstNames(fileWith(named('api').repeat(200) + named('web')))).toEqual(['api'])
  })

  test('gives what it has where the rest cannot be read', async () => {
    expect(await firstNames('/none/run.jsonl')).toEqual([])
    expect(await firstNames('-')).toEqual([])
    expect(await firstNames(fileWith(gzipSync(named('api')).subarray(0, -1)))).toEqual(['api'])
  })
})
