interface Port {
  onmessage: (() => void) | null
  postMessage(message: unknown): void
  close(): void
}
const platform = globalThis as unknown as {
  setImmediate?: (callback: () => void) => unknown
  MessageChannel: new () => { port1: Port; port2: Port }
}
/** Kept at load, so that fake timers do not reach it. */
const immediate = platform.setImmediate

/** One macrotask turn: all that was due before, microtasks included, has run when it resolves. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    if (immediate !== undefined) {
      immediate(resolve)
      return
    }
    const { port1, port2 } = new platform.MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}

/** As many turns as a closing, with its own macrotask, can need. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 4; i++) await turn()
}

/** How a promise stands after everything that is due has run. */
export async function stateOf(promise: Promise<unknown>): Promise<'pending' | 'fulfilled' | 'rejected'> {
  let state: 'pending' | 'fulfilled' | 'rejected' = 'pending'
  promise.then(
    () => (state = 'fulfilled'),
    () => (state = 'rejected'),
  )
  await turn()
  return state
}

/** What a promise rejects with; it fails where it does not. */
export function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`Expected a rejection, got ${JSON.stringify(value)}`)
    },
    (error: unknown) => error,
  )
}
