import type { Outcome } from '../format/page-data.ts'

const longestText = 40
const stopped: Record<string, string> = {
  killed: 'stopped',
  aborted: 'aborted',
  timeout: 'timeout',
  limit: 'output limit',
  failed: 'failed',
}

/** How a run ended, in a word or two: `exit 1`, `SIGSEGV`, `timeout, SIGTERM`. */
export function outcomeText(outcome: Outcome | null): string {
  if (outcome === null) return 'no exit recorded'
  const { code, signal, reason } = outcome
  const end = signal ?? (code === null ? undefined : `exit ${code}`)
  const words = [stopped[reason] ?? (reason === 'exited' ? undefined : reason), end]
  const text = words.filter((word) => word !== undefined).join(', ')
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text
}

/** Whether it ended in a way that people look for. A run that was stopped on purpose did not fail. */
export function isFailure(outcome: Outcome | null): boolean {
  if (outcome === null || outcome.reason === 'killed' || outcome.reason === 'aborted') return false
  return outcome.reason !== 'exited' || outcome.code !== 0
}
