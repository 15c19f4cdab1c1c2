import type { CommandRequest } from '../run-request.ts'
import type { AttemptEnd, AttemptSettings } from './attempt.ts'

/** Of whose end something is to be told. */
export interface EndedCommand {
  command: CommandRequest
  settings: Pick<AttemptSettings, 'timeoutMs' | 'format' | 'contain'>
  /** That it is started again: in how many milliseconds, and how often so far. */
  restart: { pauseMs: number; count: string } | undefined
}

/** What is said of an end beside what is shown of the event: of a command with a name that tells how it ended. */
export function endNotices(end: AttemptEnd, { command, settings, restart }: EndedCommand): string[] {
  const { name, file } = command
  const who = `'${name ?? file}'`
  const notices: string[] = []
  // With `contain` it has been ended.
  if (!end.isDrained && !settings.contain) {
    notices.push(`${who} has left something in the background that holds its output open; it is not read any more`)
  }
  const how = end.hasTimedOut
    ? `was stopped after its ${inSeconds(settings.timeoutMs ?? 0)}`
    : `ended with exit code ${end.code}`
  const isTextual = settings.format === 'text' || settings.format === 'plain'
  if (restart !== undefined) {
    const again = `is started again in ${restart.pauseMs} ms (${restart.count})`
    notices.push(name === undefined ? `${who} ${how} and ${again}` : `${who} ${again}`)
  } else if (end.hasTimedOut && name === undefined && isTextual) notices.push(`${who} ${how}`)
  return notices
}

function inSeconds(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000} s` : `${ms} ms`
}
