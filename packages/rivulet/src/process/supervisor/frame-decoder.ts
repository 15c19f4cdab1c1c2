import type { StreamName } from '../stream-name.ts'
import { FrameError, type Frame, type RefusedPhase } from './frame.ts'

const headerBytes = 16
const mostOutputBytes = 1_048_576
const streams: readonly (StreamName | undefined)[] = [undefined, 'stdout', 'stderr']
const phases: readonly (RefusedPhase | undefined)[] = [undefined, 'cwd', 'program', 'supervisor']

interface Kind {
  hasStream: boolean
  payloadBytes: number
  read: (payload: DataView, stream: StreamName | undefined) => Frame | undefined
}

/** The kinds of frames, except output, whose payload is delivered as it comes. */
const kinds: Readonly<Record<number, Kind>> = {
  1: { hasStream: false, payloadBytes: 4, read: (payload) => ({ kind: 'started', pid: payload.getUint32(0, true) }) },
  3: {
    hasStream: false,
    payloadBytes: 8,
    read: (payload) => {
      const phase = phases[payload.getUint32(0, true)]
      return phase && { kind: 'refused', phase, errno: payload.getUint32(4, true) }
    },
  },
  4: {
    hasStream: false,
    payloadBytes: 12,
    read: (payload) => {
      const code = payload.getInt32(0, true)
      const killSignal = payload.getInt32(4, true)
      const hasDumpedCore = payload.getUint32(8, true) === 1
      return { kind: 'exited', code: code === -1 ? null : code, killSignal, hasDumpedCore }
    },
  },
  5: { hasStream: true, payloadBytes: 0, read: (_, stream) => stream && { kind: 'closed', stream } },
  7: { hasStream: false, payloadBytes: 4, read: (payload) => ({ kind: 'made', pid: payload.getUint32(0, true) }) },
  6: { hasStream: false, payloadBytes: 4, read: (payload) => ({ kind: 'over', strays: payload.getUint32(0, true) }) },
}
const outputKind = 2

/** An output frame of which bytes are still to come. */
interface Output {
  stream: StreamName
  t: number
  leftBytes: number
}

/**
 * Makes frames of the supervisor's bytes, however they are cut. Pure; holds the bytes that were pushed last, and the
 * beginning of a frame, which is at most 28 bytes. Throws a `FrameError` for bytes that are no frame.
 */
export class FrameDecoder {
  #bytes: Uint8Array = new Uint8Array(0)
  #at = 0
  /** A frame as far as it has come, without the payload of an output. */
  readonly #begun = new Uint8Array(headerBytes + 12)
  readonly #header = new DataView(this.#begun.buffer, 0, headerBytes)
  readonly #payload = new DataView(this.#begun.buffer, headerBytes)
  #begunBytes = 0
  #output: Output | undefined

  /** More bytes, once `next` has given all that was in those before. */
  push(bytes: Uint8Array): void {
    this.#bytes = bytes
    this.#at = 0
  }

  /** The next frame, or `undefined` if it needs more bytes. */
  next(): Frame | undefined {
    if (this.#output === undefined) {
      if (!this.#gather(headerBytes)) return undefined
      if (this.#header.getUint8(0) !== outputKind) return this.#nextOther()
      this.#output = this.#readOutput()
      this.#begunBytes = 0
    }
    return this.#nextOutput(this.#output)
  }

  #readOutput(): Output {
    const stream = streams[this.#header.getUint8(1)]
    const leftBytes = this.#header.getUint32(4, true)
    const isWhole = stream !== undefined && this.#header.getUint16(2, true) === 0
    if (!isWhole || leftBytes === 0 || leftBytes > mostOutputBytes) throw this.#damaged()
    const ns = this.#header.getUint32(12, true) * 2 ** 32 + this.#header.getUint32(8, true)
    return { stream, t: Math.floor(ns / 1e6), leftBytes }
  }

  #nextOutput(output: Output): Frame | undefined {
    const bytes = this.#bytes.subarray(this.#at, this.#at + output.leftBytes)
    if (bytes.length === 0) return undefined
    this.#at += bytes.length
    output.leftBytes -= bytes.length
    if (output.leftBytes === 0) this.#output = undefined
    return { kind: 'output', stream: output.stream, bytes: this.#owned(bytes), t: output.t }
  }

  /** Bytes that nobody else has: a copy, unless they are the end of what was pushed and most of it. */
  #owned(bytes: Uint8Array): Uint8Array {
    const isLast = this.#at === this.#bytes.length && bytes.length * 2 > this.#bytes.length
    const isOurs = this.#bytes.length === this.#bytes.buffer.byteLength
    return isLast && isOurs ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length) : new Uint8Array(bytes)
  }

  #nextOther(): Frame | undefined {
    const kind = kinds[this.#header.getUint8(0)]
    const stream = this.#header.getUint8(1)
    const isWhole = this.#header.getUint16(2, true) === 0 && this.#header.getUint32(4, true) === kind?.payloadBytes
    if (kind === undefined || !isWhole || kind.hasStream !== (stream !== 0)) throw this.#damaged()
    if (!this.#gather(headerBytes + kind.payloadBytes)) return undefined
    const frame = kind.read(this.#payload, streams[stream])
    if (frame === undefined) throw this.#damaged()
    this.#begunBytes = 0
    return frame
  }

  /** Collects a frame up to this many bytes. Says whether they are there. */
  #gather(bytes: number): boolean {
    const missing = Math.max(0, bytes - this.#begunBytes)
    const more = this.#bytes.subarray(this.#at, this.#at + missing)
    this.#begun.set(more, this.#begunBytes)
    this.#at += more.length
    this.#begunBytes += more.length
    return this.#begunBytes >= bytes
  }

  #damaged(): FrameError {
    const header = Buffer.from(this.#begun.subarray(0, headerBytes)).toString('hex')
    return new FrameError(`sent bytes that are no frame: ${header}`)
  }
}
