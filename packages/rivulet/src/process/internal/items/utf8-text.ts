import { Buffer, isAscii, isUtf8, transcode } from 'node:buffer'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
/** Before version 13, which is that of Node 24, V8 takes six times as long as Node for text that is not ASCII. */
const isV8Slow = parseInt(process.versions.v8) < 13
/** Bytes below which the way around V8 does not pay. */
const leastBytes = 4096

/** The text of UTF-8; what is invalid becomes U+FFFD, and a byte order mark is kept. */
export function utf8Text(bytes: Uint8Array): string {
  if (isV8Slow && bytes.length >= leastBytes) {
    if (isAscii(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
    if (isUtf8(bytes)) return transcode(bytes, 'utf8', 'utf16le').toString('utf16le')
  }
  return decoder.decode(bytes)
}
