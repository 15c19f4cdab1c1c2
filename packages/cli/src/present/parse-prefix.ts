import { visible } from './visible.ts'

const fields = ['name', 'stream', 'time', 'iso', 'elapsed', 'delta', 'pid'] as const

/** Something that a mark can tell of its line. */
export type PrefixField = (typeof fields)[number]

/** A field in its place, or text that stands there as it is. */
export type PrefixPart = { field: PrefixField } | { text: string }

/**
 * Reads the template of what stands before a line, such as `{time} {name}: `. Braces by themselves are written `{{` and `}}`.
 *
 * @throws A `RangeError` for a field that there is not, a brace without its other, or a control character.
 */
export function parsePrefix(template: string): PrefixPart[] {
  if (visible(template) !== template || template.includes('\n')) {
    throw new RangeError('there is a control character in it, where only a tab may be')
  }
  return [...template.matchAll(/\{\{|\}\}|\{[^{}]*\}|[{}]|[^{}]+/g)].map(([part]) => partOf(part))
}

function partOf(part: string): PrefixPart {
  if (part === '{{' || part === '}}') return { text: part.slice(1) }
  if (!part.startsWith('{') && part !== '}') return { text: part }
  const field = fields.find((candidate) => part === `{${candidate}}`)
  if (field !== undefined) return { field }
  const list = fields.map((candidate) => `{${candidate}}`).join(', ')
  throw new RangeError(`it has no '${part}', only ${list}, and {{ or }} for a brace`)
}
