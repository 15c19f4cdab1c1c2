import { parseCommandLine } from '../../../src/command-line/parse-command-line.ts'
import type { Request } from '../../../src/command-line/request.ts'
import type { RunRequest } from '../../../src/run-request.ts'
import type { ShowCommandRequest } from '../../../src/show-command-request.ts'
import type { TimelineRequest } from '../../../src/timeline-request.ts'

/** What the words ask for; files of commands are given by their path. */
export function parsed(words: readonly string[], files: Record<string, string> = {}): Request {
  return parseCommandLine(words, (path) => {
    const text = files[path]
    if (text === undefined) throw new Error(`The test has no file '${path}'`)
    return text
  })
}

/** Why the words were refused; undefined where they were not. */
export function refusal(words: readonly string[], files?: Record<string, string>): string | undefined {
  const request = parsed(words, files)
  return request.kind === 'refused' ? request.why : undefined
}

/** The request that `rivulet run` and these words make. */
export function runRequest(words: readonly string[], files?: Record<string, string>): RunRequest {
  const request = parsed(['run', ...words], files)
  if (request.kind !== 'run') throw new Error(JSON.stringify(request))
  return request.request
}

/** The request that `rivulet show` and these words make. */
export function showRequest(...words: string[]): ShowCommandRequest {
  const request = parsed(['show', ...words])
  if (request.kind !== 'show') throw new Error(JSON.stringify(request))
  return request.request
}

/** The request that `rivulet timeline` and these words make. */
export function timelineRequest(...words: string[]): TimelineRequest {
  const request = parsed(['timeline', ...words])
  if (request.kind !== 'timeline') throw new Error(JSON.stringify(request))
  return request.request
}
