import { constants } from 'node:os'

/** Has the supervisor send a signal to the program's group. */
export function signalMessage(killSignal: NodeJS.Signals): Uint8Array {
  const number = constants.signals[killSignal] as number | undefined
  if (number === undefined) {
    throw Object.assign(new TypeError(`Unknown signal: ${killSignal}`), { code: 'ERR_UNKNOWN_SIGNAL' })
  }
  return Uint8Array.of(1, number, 0, 0)
}

/** Has the supervisor end what is to be ended. */
export const stopMessage: Uint8Array = Uint8Array.of(2, 0, 0, 0)

/** Tells that what was written is all of the input: without it the end of a pipe may be our death. */
export const inputEndedMessage: Uint8Array = Uint8Array.of(3, 0, 0, 0)
