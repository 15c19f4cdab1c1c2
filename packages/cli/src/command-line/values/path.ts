import type { Value } from '../value.ts'
import { text } from './text.ts'

/** The path of a file or a folder, which need not be there. */
export function path(kind: 'file' | 'folder'): Value<string> {
  return text(kind === 'file' ? 'FILE' : 'DIR', `the path of a ${kind}`, { kind })
}
