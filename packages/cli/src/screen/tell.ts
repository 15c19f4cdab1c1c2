import { errorText } from '../error-text.ts'
import { visible } from '../present/visible.ts'

/** Tells of what went wrong where there is no screen for it: before it is there, or since it cannot be written to. */
export function tell(error: unknown): void {
  // Where not even that can be written, the exit code has to do.
  process.stderr.on('error', () => undefined).write(`rivulet: ${visible(errorText(error))}\n`)
}
