import { expect, test } from 'vitest'
import { makePresenter } from '../../src/present/make-presenter.ts'
import { pipe } from '../support/defaults.ts'
import { err, exit, noon, out, pieces, start } from '../support/presented.ts'

const jsonl = { ...pipe, format: 'jsonl' } as const

test('jsonl is each event on a line of its own, all to stdout, with the name first', () => {
  const written = pieces(jsonl, start(), err('b\n', { name: 'x' }), { ...out('', {}), name: 'last' }, exit())
  expect(written.every(({ to }) => to === 'stdout')).toBe(true)
  expect(written.map(({ text }) => text)).toEqual([
    `{"seq":1,"t":${noon},"type":"start","v":1,"run":"a","command":["/bin/make","all"],"pid":77}\n`,
    `{"name":"x","seq":1,"t":${noon},"type":"output","stream":"stderr","data":"b\\n"}\n`,
    `{"name":"last","seq":1,"t":${noon},"type":"output","stream":"stdout","data":""}\n`,
    `{"seq":1,"t":${noon},"type":"exit","code":0,"signal":null,"reason":"exited"}\n`,
  ])
  expect(makePresenter(jsonl).isLineOpen).toBe(false)
  expect(makePresenter(jsonl).note('oh')).toEqual([{ to: 'stderr', text: 'oh\n' }])
})
