import { visible } from '../text/visible.ts'

const fields = ['name', 'stream', 'time', 'iso', 'elapsed', 'delta', 'pid'] as const

/** What a mark can say of its line. */
export type PrefixField = (typeof fields)[number]

/** A field in its place, or text that stands there as it is. */
export type PrefixPart = { field: PrefixField } | { text: string }

/**
 * Reads the template of what stands before a line, such as `{time} {name}: `. A brace that is meant as such is written `{{` or
 * `}}`.
 *
 * @throws A `RangeError` for a field that does not exist, a brace without its other, or a control character.
 */
export function parsePrefix(template: string): PrefixPart[] {
  if (visible(template) !== template || template.includes('\n')) {
    throw new RangeError('there is a control character in it, and only a tab is allowed')
  }
  return [...template.matchAll(/\{\{|\}\}|\{[^{}]*\}|[{}]|[^{}]+/g)].map(([part]) => partOf(part))
}

function partOf(part: string): PrefixPart {
  if (part === '{{' || part === '}}') return { text: part.slice(1) }
  if (!part.startsWith('{') && part !== '}') return { text: part }
  const field = fields.find((candidate) => part === `{${candidate}}`)
  if (field !== undefined) return { field }
  const list = fields.map((candidate) => `{${candidate}}`).join(', ')
  throw new RangeError(`'${part}' is not a field; there are ${list}, and {{ or }} for a brace`)
}
