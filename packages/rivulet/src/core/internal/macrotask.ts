import { Ring } from './ring.ts'

/**
 * Calls back in a later turn of the event loop, after timers and I/O had theirs.
 *
 * In Node a `MessageChannel` post runs before timers and I/O, so it is only the way of runtimes without `setImmediate`.
 */
export const macrotask: (callback: () => void) => void =
  typeof setImmediate === 'function' ? (callback) => void setImmediate(callback) : byMessage()

function byMessage(): (callback: () => void) => void {
  const waiting = new Ring<() => void>()
  const { port1, port2 } = new MessageChannel()
  port1.addEventListener('message', () => {
    waiting.shift()()
  })
  port1.start()
  return (callback) => {
    waiting.push(callback)
    port2.postMessage(undefined)
  }
}
