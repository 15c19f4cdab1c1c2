interface NodeProcess {
  on(event: 'unhandledRejection', listener: (reason: unknown) => void): void
  off(event: 'unhandledRejection', listener: (reason: unknown) => void): void
}
interface Rejection {
  readonly reason: unknown
  preventDefault(): void
}
interface Page {
  addEventListener(event: 'unhandledrejection', listener: (event: Rejection) => void): void
  removeEventListener(event: 'unhandledrejection', listener: (event: Rejection) => void): void
}

/** Collects the rejections that nobody handles, in Node or in a browser, until `stop()` gives them. */
export function collectUnhandled(): { stop(): unknown[] } {
  const reasons: unknown[] = []
  const { process } = globalThis as { process?: NodeProcess }
  if (typeof process?.on === 'function') {
    const listener = (reason: unknown): void => void reasons.push(reason)
    process.on('unhandledRejection', listener)
    return {
      stop: () => {
        process.off('unhandledRejection', listener)
        return reasons
      },
    }
  }
  const page = globalThis as unknown as Page
  const listener = (event: Rejection): void => {
    event.preventDefault()
    reasons.push(event.reason)
  }
  page.addEventListener('unhandledrejection', listener)
  return {
    stop: () => {
      page.removeEventListener('unhandledrejection', listener)
      return reasons
    },
  }
}
