/** A frame as the supervisor sends it. */
export function frame(kind: number, stream: number, payload: Uint8Array): Buffer {
  const header = Buffer.alloc(16)
  header.writeUInt8(kind, 0)
  header.writeUInt8(stream, 1)
  header.writeUInt32LE(payload.length, 4)
  header.writeBigUInt64LE(1_700_000_000_123_456_789n, 8)
  return Buffer.concat([header, payload])
}

export function numbers(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  values.forEach((value, at) => bytes.writeInt32LE(value, 4 * at))
  return bytes
}
