/** Reasons that were made here, because something was to stop and nobody gave a reason. */
const stopReasons = new WeakSet<object>()

/** An `AbortError` to stop something with. */
export function makeStopReason(): object {
  const reason = AbortSignal.abort().reason as object
  stopReasons.add(reason)
  return reason
}

/** Whether `error` is just the echo of a stop, whoever was stopped: it is never an error of its own. */
export function isStopReason(error: unknown): boolean {
  return isEcho(error, (reason) => stopReasons.has(reason as object))
}

/** Whether `error` is just the echo of an abort with `reason`: the reason itself, or an `AbortError` caused by it. */
export function isOwnAbort(error: unknown, reason: unknown): boolean {
  return isEcho(error, (given) => Object.is(given, reason))
}

function isEcho(error: unknown, isReason: (value: unknown) => boolean): boolean {
  if (isReason(error)) return true
  if (typeof error !== 'object' || error === null) return false
  try {
    const { name, cause } = error as { name?: unknown; cause?: unknown }
    return name === 'AbortError' && 'cause' in error && isReason(cause)
  } catch {
    // Something that cannot even be looked at is nobody's abort.
    return false
  }
}
