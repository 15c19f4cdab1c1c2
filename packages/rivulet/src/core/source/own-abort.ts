/** Whether `error` is just the echo of an abort with `reason`: the reason itself, or an `AbortError` caused by it. */
export function isOwnAbort(error: unknown, reason: unknown): boolean {
  if (Object.is(error, reason)) return true
  if (typeof error !== 'object' || error === null) return false
  try {
    const { name, cause } = error as { name?: unknown; cause?: unknown }
    return name === 'AbortError' && 'cause' in error && Object.is(cause, reason)
  } catch {
    // Something that cannot even be looked at is nobody's abort.
    return false
  }
}
