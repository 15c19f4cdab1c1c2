import type { ShowRequest } from '../present/show-style.ts'
import type { Given } from './given.ts'
import { Refusal } from './refusal.ts'
import { showingOptions } from './spec/showing-options.ts'

/** How events are to be shown. Throws a `Refusal` for what would have no effect. */
export function parseShowing(given: Given): ShowRequest {
  const request: ShowRequest = {
    format: given.last(showingOptions.format) ?? 'text',
    timestamps: given.last(showingOptions.timestamps) ?? 'none',
    prefix: given.last(showingOptions.prefix),
    color: given.last(showingOptions.color) ?? 'auto',
    to: given.last(showingOptions.to) ?? 'both',
    ansi: given.last(showingOptions.ansi) ?? 'colors',
  }
  refuseWithoutEffect(request)
  return request
}

function refuseWithoutEffect({ format, timestamps, prefix, color, ansi }: ShowRequest): void {
  const because = { jsonl: 'where each event has its time and stream', raw: 'which adds nothing to the lines' }
  if (format === 'jsonl' || format === 'raw') {
    if (timestamps !== 'none') throw new Refusal(`--timestamps cannot go with --format ${format}, ${because[format]}`)
    if (prefix !== undefined) throw new Refusal(`--prefix cannot go with --format ${format}, ${because[format]}`)
    const ours = { jsonl: 'which has no colour and changes no escape', raw: 'which changes nothing' }
    if (color === 'always') throw new Refusal(`--color always cannot go with --format ${format}, ${ours[format]}`)
    if (ansi === 'pass') throw new Refusal(`--ansi pass cannot go with --format ${format}, ${ours[format]}`)
  }
  if (format !== 'plain') return
  if (color === 'always') throw new Refusal('--color always cannot go with --format plain, which has none; use text')
  if (ansi === 'pass')
    throw new Refusal('--ansi pass cannot go with --format plain, which lets no escape through; use text')
}
