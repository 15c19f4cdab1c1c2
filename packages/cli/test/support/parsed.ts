import type { RunRequest } from '../../src/commands/run/request.ts'
import type { ShowRequest } from '../../src/commands/show/request.ts'
import type { TimelineRequest } from '../../src/commands/timeline/request.ts'
import { parseCommandLine, type ParsedCommandLine } from '../../src/commands/parse-command-line.ts'

type WithoutPerform<T> = T extends unknown ? Omit<T, 'perform'> : never

/** What the words ask for, without what would do it; command files are given by their path. */
export function parsed(
  words: readonly string[],
  files: Record<string, string> = {},
): WithoutPerform<ParsedCommandLine> {
  const asked = parseCommandLine(words, (path) => {
    const text = files[path]
    if (text === undefined) throw new Error(`The test has no file '${path}'`)
    return text
  })
  if (!('perform' in asked)) return asked
  const { perform: _, ...rest } = asked
  return rest
}

/** The message for words that are wrong; undefined if they are not. */
export function usageError(words: readonly string[], files?: Record<string, string>): string | undefined {
  const asked = parsed(words, files)
  return asked.kind === 'usage-error' ? asked.message : undefined
}

/** The request that `rivulet run` and these words make. */
export function runRequest(words: readonly string[], files?: Record<string, string>): RunRequest {
  const asked = parsed(['run', ...words], files)
  if (asked.kind !== 'run') throw new Error(JSON.stringify(asked))
  return asked.request
}

/** The request that `rivulet show` and these words make. */
export function showRequest(...words: string[]): ShowRequest {
  const asked = parsed(['show', ...words])
  if (asked.kind !== 'show') throw new Error(JSON.stringify(asked))
  return asked.request
}

/** The request that `rivulet timeline` and these words make. */
export function timelineRequest(...words: string[]): TimelineRequest {
  const asked = parsed(['timeline', ...words])
  if (asked.kind !== 'timeline') throw new Error(JSON.stringify(asked))
  return asked.request
}
