/** What a key does to the chart. */
export type KeyAction =
  | { kind: 'step'; direction: 1 | -1 }
  | { kind: 'stream'; direction: 1 | -1 }
  | { kind: 'end'; direction: 1 | -1 }
  | { kind: 'pan'; direction: 1 | -1 }
  | { kind: 'zoom'; direction: 1 | -1 }
  | { kind: 'fit' }
  | { kind: 'read' }
  | { kind: 'close' }

const actions: Record<string, KeyAction> = {
  ArrowLeft: { kind: 'step', direction: -1 },
  ArrowRight: { kind: 'step', direction: 1 },
  ArrowUp: { kind: 'stream', direction: -1 },
  ArrowDown: { kind: 'stream', direction: 1 },
  Home: { kind: 'end', direction: -1 },
  End: { kind: 'end', direction: 1 },
  PageUp: { kind: 'pan', direction: -1 },
  PageDown: { kind: 'pan', direction: 1 },
  '+': { kind: 'zoom', direction: 1 },
  '=': { kind: 'zoom', direction: 1 },
  '-': { kind: 'zoom', direction: -1 },
  '0': { kind: 'fit' },
  Enter: { kind: 'read' },
  ' ': { kind: 'read' },
  Escape: { kind: 'close' },
}

/** The action of a key; `undefined` where the key is left to the browser. */
export function keyAction(key: string, isShifted: boolean, isCommand: boolean): KeyAction | undefined {
  if (isCommand) return undefined
  if (isShifted && key === 'ArrowLeft') return { kind: 'pan', direction: -1 }
  if (isShifted && key === 'ArrowRight') return { kind: 'pan', direction: 1 }
  return Object.hasOwn(actions, key) ? actions[key] : undefined
}
