import type { CommandEvent } from '../../../src/command-event.ts'
import { epochMs, exit, output, start } from '../../record/support/events.ts'

const at = (name: string, ms: number): { name: string; t: number } => ({ name, t: epochMs + ms })

/** Two commands: one fails and is started again, the other is silent for long and is stopped by a signal. */
export function demoRecord(): CommandEvent[] {
  const events = [
    start(at('api', 0), ['node', 'server.js']),
    start(at('web', 20), ['vite', '--host']),
    ...Array.from({ length: 80 }, (_, index) => output(`request ${index}\n`, at('api', 200 + 40 * index))),
    output('lost the <b>database</b>\n', { ...at('api', 3500), stream: 'stderr' }),
    exit(at('api', 3550), 1),
    start(at('api', 3800), ['node', 'server.js']),
    ...Array.from({ length: 300 }, (_, index) => output(`row ${index}\n`, at('api', 9000 + index))),
    output('ready in 240 ms\n', at('web', 260)),
    { ...exit(at('web', 9950)), code: null, signal: 'SIGTERM', reason: 'killed' as const },
    exit(at('api', 10_000)),
  ]
  return events.toSorted((left, right) => left.t - right.t)
}
