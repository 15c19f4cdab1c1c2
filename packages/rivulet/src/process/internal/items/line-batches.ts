import { LineSplitter, type LineOptions } from '../../../core/index.ts'
import type { ChunkItems } from './chunk-items.ts'
import { utf8Text } from './utf8-text.ts'

/** For each chunk the lines that it ends, at once; never an empty batch. */
export function lineBatches(options: LineOptions): ChunkItems<string[]> {
  const splitter = new LineSplitter(options, utf8Text)
  const batch = (lines: string[]): readonly string[][] => (lines.length > 0 ? [lines] : [])
  return { push: (chunk) => batch(splitter.push(chunk)), end: () => batch(splitter.end()) }
}
