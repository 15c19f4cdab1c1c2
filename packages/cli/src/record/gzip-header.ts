/** The most bytes that a header may have. What comes before its data can be a name, a comment and 64 KiB of anything. */
const maxHeaderBytes = 131_072

const flags = { crc: 2, extra: 4, name: 8, comment: 16 }

/** Whether these bytes begin as those of gzip do. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** How long the header is with which these bytes begin; undefined where it is not whole. Throws where it can be none. */
export function gzipHeaderBytes(bytes: Buffer): number | undefined {
  if (bytes.length < 10) return undefined
  const [, , method, given = 0] = bytes
  if (method !== 8 || given > 31) throw gzipError('Z_DATA_ERROR')
  let at = 10
  if ((given & flags.extra) > 0) {
    if (bytes.length < at + 2) return undefined
    at += 2 + bytes.readUInt16LE(at)
  }
  for (const text of [flags.name, flags.comment]) {
    if ((given & text) === 0) continue
    const end = bytes.indexOf(0, at)
    if (end === -1 && bytes.length > maxHeaderBytes) throw gzipError('Z_DATA_ERROR')
    if (end === -1) return undefined
    at = end + 1
  }
  if ((given & flags.crc) > 0) at += 2
  return at > bytes.length ? undefined : at
}

/** What is thrown of gzip data that cannot be read to its end; the codes are those of Node, but for what follows it. */
export function gzipError(code: 'Z_DATA_ERROR' | 'Z_BUF_ERROR' | 'TRAILING_BYTES'): Error {
  return Object.assign(new Error(code), { code })
}
