import type { ShownEvent } from '../shown-event.ts'

type Exit = ShownEvent & { type: 'exit' }

const stopped: Partial<Record<Exit['reason'], string>> = {
  timeout: 'was stopped when its time was up',
  limit: 'was stopped at the limit of its output',
  failed: 'was stopped because its input failed',
}

/** What is said of a command that has ended; nothing where it has succeeded. */
export function exitNote({ code, signal, reason }: Exit): string | undefined {
  if (reason !== 'exited') {
    const how = signal ?? (code === null ? 'by a signal' : `exit code ${code}`)
    return `${stopped[reason] ?? 'was stopped'} (${how})`
  }
  if (code === 0) return undefined
  return code === null ? `was ended by ${signal ?? 'a signal that has no name'}` : `exited with code ${code}`
}
