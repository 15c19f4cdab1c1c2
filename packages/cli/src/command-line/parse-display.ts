import type { DisplayRequest } from '../present/presenter-style.ts'
import { displayOptions } from './display-options.ts'
import type { OptionValues } from './option-values.ts'
import { UsageError } from './usage-error.ts'

/** How to display events. Throws a `UsageError` for what would have no effect. */
export function parseDisplay(values: OptionValues): DisplayRequest {
  const request: DisplayRequest = {
    format: values.last(displayOptions.format) ?? 'text',
    timestamps: values.last(displayOptions.timestamps) ?? 'none',
    prefix: values.last(displayOptions.prefix),
    color: values.last(displayOptions.color) ?? 'auto',
    to: values.last(displayOptions.to) ?? 'both',
    ansi: values.last(displayOptions.ansi) ?? 'colors',
  }
  refuseWithoutEffect(request)
  return request
}

function refuseWithoutEffect({ format, timestamps, prefix, color, ansi }: DisplayRequest): void {
  const refuse = (option: string, why: string): never => {
    throw new UsageError(`${option} cannot be used with --format ${format}, ${why}`)
  }
  if (format === 'jsonl' || format === 'raw') {
    const marks = { jsonl: 'where each event has its time and stream', raw: 'which adds nothing to the lines' }[format]
    if (timestamps !== 'none') refuse('--timestamps', marks)
    if (prefix !== undefined) refuse('--prefix', marks)
    const escapes = { jsonl: 'which has no colours and changes no escapes', raw: 'which changes nothing' }[format]
    if (color === 'always') refuse('--color always', escapes)
    if (ansi === 'pass') refuse('--ansi pass', escapes)
  }
  if (format !== 'plain') return
  if (color === 'always') refuse('--color always', 'which has no colours; use text')
  if (ansi === 'pass') refuse('--ansi pass', 'which lets no escapes through; use text')
}
