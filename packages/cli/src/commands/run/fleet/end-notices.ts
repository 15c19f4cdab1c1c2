import type { CommandRequest } from '../request.ts'
import type { AttemptOutcome, AttemptSettings } from './attempt.ts'

/** Which command ended, and what comes next. */
interface EndedCommand {
  command: CommandRequest
  settings: Pick<AttemptSettings, 'timeoutMs' | 'format' | 'contain'>
  /** The restart that follows: in how many milliseconds, and which of how many it is. */
  restart: { pauseMs: number; count: string } | undefined
}

/** What to say of an end beside the exit event. If the command has a name, how it ended is displayed from the event. */
export function endNotices(outcome: AttemptOutcome, { command, settings, restart }: EndedCommand): string[] {
  const { name, file } = command
  const who = `'${name ?? file}'`
  const notices: string[] = []
  // With `contain` the background process has been ended.
  if (!outcome.isDrained && !settings.contain) {
    notices.push(`${who} has left a background process that keeps its output open; it is no longer read`)
  }
  const how = outcome.hasTimedOut
    ? `timed out after ${inSeconds(settings.timeoutMs ?? 0)}`
    : `ended with exit code ${outcome.code}`
  const isTextual = settings.format === 'text' || settings.format === 'plain'
  if (restart !== undefined) {
    const again = `restarts in ${restart.pauseMs} ms (${restart.count})`
    notices.push(name === undefined ? `${who} ${how} and ${again}` : `${who} ${again}`)
  } else if (outcome.hasTimedOut && name === undefined && isTextual) notices.push(`${who} ${how}`)
  return notices
}

function inSeconds(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000} s` : `${ms} ms`
}
