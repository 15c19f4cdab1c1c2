import type { CommandEvent } from '../command-event.ts'

type Exit = CommandEvent & { type: 'exit' }

const stopped: Partial<Record<Exit['reason'], string>> = {
  timeout: 'timed out',
  limit: 'was stopped at its output limit',
  failed: 'was stopped because its input failed',
}

/** What to say of a command that has ended; undefined if it has succeeded. */
export function exitNote({ code, signal, reason }: Exit): string | undefined {
  if (reason !== 'exited') {
    const how = signal ?? (code === null ? 'by a signal' : `exit code ${code}`)
    return `${stopped[reason] ?? 'was stopped'} (${how})`
  }
  if (code === 0) return undefined
  return code === null ? `was ended by ${signal ?? 'a signal that has no name'}` : `exited with code ${code}`
}
