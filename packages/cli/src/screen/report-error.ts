import { errorText } from '../text/error-text.ts'
import { ownMessage } from '../text/own-message.ts'

/** Says what went wrong on our stderr, when there is no screen for it: not yet, or because it cannot be written to. */
export function reportError(error: unknown): void {
  // If not even that can be written, the exit code has to do.
  process.stderr.on('error', () => undefined).write(`${ownMessage(errorText(error))}\n`)
}
