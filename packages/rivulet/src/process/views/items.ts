import { Buffer, isAscii, isUtf8, transcode } from 'node:buffer'
import { LineSplitter, type LineOptions } from '../../core/index.ts'
import type { ChunkItems } from '../program/program-output.ts'

/** The chunks themselves. */
export const chunks = (): ChunkItems<Uint8Array> => ({ push: (chunk) => [chunk], end: () => [] })

/** A chunk, and when it was read, in milliseconds since the epoch. */
export interface StampedChunk {
  bytes: Uint8Array
  t: number
}

/** The chunks with the time at which each was read, which is earlier than a slow consumer takes it. */
export const stamped = (): ChunkItems<StampedChunk> => ({
  push: (bytes, t = Date.now()) => [{ bytes, t }],
  end: () => [],
})

/** For each chunk the lines that it ends, at once; never an empty batch. */
export function lineBatches(options: LineOptions): ChunkItems<string[]> {
  const splitter = new LineSplitter(options, utf8Text)
  const batch = (lines: string[]): readonly string[][] => (lines.length > 0 ? [lines] : [])
  return { push: (chunk) => batch(splitter.push(chunk)), end: () => batch(splitter.end()) }
}

/** Nothing: the stream is read throughout all the same, so that the program never waits for it. */
export function discarded(keep: (chunk: Uint8Array) => void = () => undefined): ChunkItems<never> {
  const push = (chunk: Uint8Array): readonly never[] => {
    keep(chunk)
    return []
  }
  return { push, end: () => [] }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
/** Before version 13, which came with Node 24, V8 takes six times as long as Node for text that is not ASCII. */
const isV8Slow = parseInt(process.versions.v8) < 13
/** Bytes below which the detour around V8 does not pay. */
const leastBytes = 4096

/** The text of UTF-8; what is invalid becomes U+FFFD, and a byte order mark is kept. */
export function utf8Text(bytes: Uint8Array): string {
  if (isV8Slow && bytes.length >= leastBytes) {
    if (isAscii(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
    if (isUtf8(bytes)) return transcode(bytes, 'utf8', 'utf16le').toString('utf16le')
  }
  return decoder.decode(bytes)
}
