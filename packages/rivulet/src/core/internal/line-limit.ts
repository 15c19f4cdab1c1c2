import type { LineOptions } from '../line-options.ts'
import { wholeNumber } from './options.ts'

export function maxLineBytes(options: LineOptions): number {
  return wholeNumber('maxLineBytes', options.maxLineBytes ?? 1_048_576, 4)
}
