import { expect, test } from 'vitest'
import { WindowsTree } from '../../../src/process/platform/windows-tree.ts'
import { stateOf } from '../../support/turn.ts'

/** A tree whose taskkills end when they are told to. */
function treeOf() {
  const started: number[] = []
  const ends: (() => void)[] = []
  const tree = new WindowsTree(7, (pid) => {
    started.push(pid)
    return new Promise((resolve) => ends.push(resolve))
  })
  return { tree, started, end: () => ends.shift()?.() }
}

test('it is alive until its leader is reaped, and nothing is left to ask for then', () => {
  const { tree } = treeOf()
  expect(tree.isAlive()).toBe(true)
  tree.leaderReaped()
  expect(tree.isEmpty()).toBe(true)
  expect(tree.isAlive()).toBe(false)
})

test.each(['SIGTERM', 'SIGKILL', 'SIGINT', 'SIGQUIT', 'SIGHUP'] as const)('%s ends it by taskkill', (killSignal) => {
  const { tree, started } = treeOf()
  expect(tree.signal(killSignal)).toBe(true)
  expect(started).toEqual([7])
})

test.each(['SIGCONT', 'SIGUSR1', 'SIGWINCH'] as const)('%s has no meaning there, and does nothing', (killSignal) => {
  const { tree, started } = treeOf()
  expect(tree.signal(killSignal)).toBe(true)
  expect(started).toEqual([])
})

test('only one taskkill runs at a time, and another one when the first was in vain', async () => {
  const { tree, started, end } = treeOf()
  tree.signal('SIGTERM')
  tree.signal('SIGKILL')
  expect(started).toEqual([7])
  end()
  await tree.helpersEnded()
  tree.signal('SIGKILL')
  expect(started).toEqual([7, 7])
})

test('the taskkill that runs is awaited, also when the program is gone before it', async () => {
  const { tree, end } = treeOf()
  tree.signal('SIGKILL')
  tree.leaderReaped()
  const ended = tree.helpersEnded()
  expect(await stateOf(ended)).toBe('pending')
  end()
  expect(await stateOf(ended)).toBe('fulfilled')
})

test('without a taskkill nothing is awaited', async () => {
  const { tree, end } = treeOf()
  expect(await stateOf(tree.helpersEnded())).toBe('fulfilled')
  tree.signal('SIGTERM')
  end()
  await tree.helpersEnded()
  expect(await stateOf(tree.helpersEnded())).toBe('fulfilled')
})

test('when its leader is reaped its id may be somebody else’s: no taskkill is started', () => {
  const { tree, started } = treeOf()
  tree.leaderReaped()
  expect(tree.signal('SIGKILL')).toBe(false)
  expect(started).toEqual([])
})
