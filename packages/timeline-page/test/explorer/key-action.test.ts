import { expect, test } from 'vitest'
import { keyAction } from '../../src/explorer/key-action.ts'

test.each([
  ['ArrowRight', false, { kind: 'step', direction: 1 }],
  ['ArrowRight', true, { kind: 'pan', direction: 1 }],
  ['ArrowUp', false, { kind: 'stream', direction: -1 }],
  ['+', true, { kind: 'zoom', direction: 1 }],
  ['-', false, { kind: 'zoom', direction: -1 }],
  ['0', false, { kind: 'fit' }],
  ['Escape', false, { kind: 'close' }],
  ['Tab', false, undefined],
  ['toString', false, undefined],
])('the key %s (with Shift: %s) does %j', (key, isShifted, action) => {
  expect(keyAction(key, isShifted, false)).toEqual(action)
})

test('with Ctrl, Alt or Meta a key is the browser’s', () => {
  expect(keyAction('0', false, true)).toBeUndefined()
})
