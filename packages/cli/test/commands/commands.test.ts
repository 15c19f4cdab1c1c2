import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { specs } from '../../src/commands/commands.ts'

const folder = new URL('../../src/commands/', import.meta.url)

test('each folder is a subcommand, and each subcommand is a folder', () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(folders.map(({ name }) => name).toSorted()).toEqual(specs.map(({ name }) => name).toSorted())
})

test.each(specs.map(({ name }) => name))('%s has its spec, request, parse and perform', (name) => {
  expect(readdirSync(new URL(`${name}/`, folder))).toEqual(
    expect.arrayContaining(['spec.ts', 'request.ts', 'parse.ts', 'perform.ts']),
  )
})
