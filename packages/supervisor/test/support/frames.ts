export const KINDS = { started: 1, output: 2, refused: 3, exited: 4, closed: 5, over: 6, made: 7 } as const
export type Kind = keyof typeof KINDS

export interface Frame {
  kind: Kind
  stream: number
  time: bigint
  payload: Buffer
}

/** Takes the frames apart, as simply as can be: what it holds is joined anew with each chunk. Throws for damaged ones. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0)

  /** How many bytes of an unfinished frame there are. */
  get unfinished(): number {
    return this.#rest.length
  }

  push(chunk: Buffer): Frame[] {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    const frames: Frame[] = []
    let at = 0
    while (bytes.length - at >= 16) {
      const end = at + 16 + bytes.readUInt32LE(at + 4)
      if (end > bytes.length) break
      frames.push(parse(bytes.subarray(at, end)))
      at = end
    }
    this.#rest = bytes.subarray(at)
    return frames
  }
}

function parse(bytes: Buffer): Frame {
  const [number, stream = -1] = bytes
  const kind = (Object.keys(KINDS) as Kind[]).find((name) => KINDS[name] === number)
  const frame = { kind: kind!, stream, time: bytes.readBigUInt64LE(8), payload: bytes.subarray(16) }
  if (kind === undefined || bytes.readUInt16LE(2) !== 0 || !isWhole(frame))
    throw new Error(`This is no frame: ${bytes.subarray(0, 64).toString('hex')}`)
  return frame
}

function isWhole({ kind, stream, payload }: Frame): boolean {
  const ofStream = kind === 'output' || kind === 'closed'
  if (ofStream ? stream !== 1 && stream !== 2 : stream !== 0) return false
  if (kind === 'output') return payload.length >= 1 && payload.length <= 1_048_576
  return payload.length === { started: 4, refused: 8, exited: 12, closed: 0, over: 4, made: 4 }[kind]
}
