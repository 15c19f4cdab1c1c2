// The globals that every runtime of ours has, and no more: with the DOM's or Node's types core could use what a
// browser, Deno or Bun lacks. Not part of what is published; users get the real types from the DOM or @types/node.

interface AbortSignal {
  readonly aborted: boolean
  readonly reason: unknown
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
  throwIfAborted(): void
}
declare var AbortSignal: {
  prototype: AbortSignal
  abort(reason?: unknown): AbortSignal
  any(signals: Iterable<AbortSignal>): AbortSignal
}

interface AbortController {
  readonly signal: AbortSignal
  abort(reason?: unknown): void
}
declare var AbortController: { prototype: AbortController; new (): AbortController }

/** A number in browsers, an object in Node: only ever handed back to `clearTimeout`. */
type TimerHandle = { readonly __timer: never }
declare function setTimeout(callback: () => void, ms?: number): TimerHandle
declare function clearTimeout(handle: TimerHandle | undefined): void

/** Node, Bun and Deno have it, browsers do not. */
declare var setImmediate: ((callback: () => void) => unknown) | undefined

declare function queueMicrotask(callback: () => void): void

interface MessagePort {
  onmessage: ((event: { readonly data: unknown }) => void) | null
  postMessage(message: unknown): void
  close(): void
}
declare var MessagePort: { prototype: MessagePort }
interface MessageChannel {
  readonly port1: MessagePort
  readonly port2: MessagePort
}
declare var MessageChannel: { prototype: MessageChannel; new (): MessageChannel }

interface TextDecoder {
  decode(input?: Uint8Array, options?: { readonly stream?: boolean }): string
}
declare var TextDecoder: {
  prototype: TextDecoder
  new (label?: string, options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean }): TextDecoder
}

interface TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>
  encodeInto(source: string, destination: Uint8Array): { readonly read: number; readonly written: number }
}
declare var TextEncoder: { prototype: TextEncoder; new (): TextEncoder }

declare var performance: { now(): number }
