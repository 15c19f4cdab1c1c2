import { expect, test } from 'vitest'
import { interleave } from '../../src/core/interleave.ts'
import { suppressedErrors } from '../../src/core/suppressed-errors.ts'
import { marbles } from '../support/marbles.ts'
import { ProbeSource, readAll } from '../support/probe-source.ts'
import { rejectionOf, settle } from '../support/turn.ts'

test('interleave takes one item from each in turn; a source that ends drops out', async () => {
  expect(await readAll(interleave([['a', 'b', 'c'], [1], ['x', 'y']]))).toEqual(['a', 1, 'x', 'b', 'y', 'c'])
  expect(await readAll(interleave([]))).toEqual([])
  expect(await readAll(interleave([[], [1], []]))).toEqual([1])
})

test('interleave waits for the source whose turn it is', async () => {
  const { output } = await marbles((source) => interleave([source('--a--b|'), source('[xy]|')]))
  expect(output).toBe('--[ax]--[by]|')
})

test('interleave asks only the one whose turn it is, when an item is asked for', async () => {
  const probes = ['a', 'b', 'c'].map((item) => new ProbeSource({ items: [item, item] }))
  const stream = interleave(probes)
  const asked: number[][] = []
  for (let i = 0; i < 4; i++) {
    await stream.next()
    await settle()
    asked.push(probes.map((probe) => probe.asked))
  }
  expect(asked).toEqual([
    [1, 0, 0],
    [1, 1, 0],
    [1, 1, 1],
    [2, 1, 1],
  ])
  await stream.return()
  expect(probes.map(({ closed }) => closed)).toEqual([1, 1, 1])
})

test('interleave left early closes what was opened and touches nothing else', async () => {
  const probes = ['a', 'b'].map((item) => new ProbeSource({ items: [item] }))
  for await (const _ of interleave(probes)) break
  expect(probes.map(({ opened, closed }) => [opened, closed])).toEqual([
    [1, 1],
    [0, 0],
  ])
})

test('interleave throws the error of a source in its turn, after the others were closed', async () => {
  const error = new Error('second')
  const first = new ProbeSource({ items: ['a', 'b'], onReturn: () => Promise.reject('closing') })
  const stream = interleave([first, new ProbeSource({ then: { error } })])
  await stream.next()
  expect(await rejectionOf(stream.next())).toBe(error)
  expect(suppressedErrors(error)).toEqual(['closing'])
  expect(first.closed).toBe(1)
})

test('interleave refuses what is no source by its index', () => {
  expect(() => interleave([[], 1 as never])).toThrow(/1/)
  expect(() => interleave([[], 1 as never])).toThrow(TypeError)
})
