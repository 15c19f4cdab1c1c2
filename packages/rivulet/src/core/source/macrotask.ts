/**
 * Calls back in a later turn of the event loop, after timers and I/O had theirs.
 *
 * In Node a `MessageChannel` post runs before timers and I/O, so it is only the way of runtimes without `setImmediate`.
 */
export const macrotask: (callback: () => void) => void = chooseMacrotask(
  (globalThis as { setImmediate?: Immediate }).setImmediate,
)

type Immediate = (callback: () => void) => unknown

function chooseMacrotask(immediate: Immediate | undefined): (callback: () => void) => void {
  return immediate === undefined ? byMessage() : (callback) => void immediate(callback)
}

function byMessage(): (callback: () => void) => void {
  const waiting: (() => void)[] = []
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    waiting.shift()?.()
  }
  return (callback) => {
    waiting.push(callback)
    port2.postMessage(undefined)
  }
}
