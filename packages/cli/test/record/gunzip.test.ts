import { crc32, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { gunzip } from '../../src/record/gunzip.ts'

async function* inPieces(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
}

async function* atPlace(bytes: Uint8Array, place: number): AsyncGenerator<Uint8Array> {
  yield bytes.subarray(0, place)
  yield bytes.subarray(place)
}

/** What can be read, and what is thrown then. */
async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<{ text: string; code: string | undefined }> {
  const seen: Uint8Array[] = []
  try {
    for await (const chunk of gunzip(chunks)) seen.push(chunk)
  } catch (error) {
    return { text: Buffer.concat(seen).toString(), code: (error as NodeJS.ErrnoException).code }
  }
  return { text: Buffer.concat(seen).toString(), code: undefined }
}

/** Lines that gzip cannot make much of. */
const text = Array.from(
  { length: 20_000 },
  (_, index) => `${((index * 2_654_435_761) % 4_294_967_296).toString(36)}\n`,
).join('')

test.each([1, 7, 65_536])('what is compressed is read, in pieces of %i bytes', async (pieceBytes) => {
  const short = text.slice(0, pieceBytes === 1 ? 20_000 : undefined)
  expect(await readAll(inPieces(gzipSync(short), pieceBytes))).toEqual({ text: short, code: undefined })
})

test.each(['', 'x', '\u001f', 'plain text', '\u001fx'])('%j is no gzip, and given as it is', async (plain) => {
  expect(await readAll(inPieces(Buffer.from(plain), 1))).toEqual({ text: plain, code: undefined })
})

test('several members are read as one, wherever they are cut into chunks', async () => {
  const members = Buffer.concat([gzipSync('one\n'), gzipSync(''), gzipSync('two\n'), gzipSync('three\n')])
  for (let place = 0; place <= members.length; place++) {
    expect(await readAll(atPlace(members, place))).toEqual({ text: 'one\ntwo\nthree\n', code: undefined })
  }
})

test('of gzip that is cut all that can be read is given, and then the error', async () => {
  const whole = gzipSync(text)
  for (const share of [0.3, 0.6, 0.99]) {
    const read = await readAll(inPieces(whole.subarray(0, Math.floor(whole.length * share)), 65_536))
    expect(text.startsWith(read.text)).toBe(true)
    // The last block may be cut before its first symbol.
    expect(read.text.length).toBeGreaterThan(text.length * share - 40_000)
    expect(read.code).toBe('Z_BUF_ERROR')
  }
})

test('gzip whose last bytes alone are cut is given whole, and then the error', async () => {
  const whole = gzipSync(text)
  expect(await readAll(inPieces(whole.subarray(0, -3), 65_536))).toEqual({ text, code: 'Z_BUF_ERROR' })
})

test('of gzip that is damaged what comes before is given, and then the error', async () => {
  const whole = gzipSync(text)
  whole.fill(0xff, whole.length / 2, whole.length / 2 + 50)
  const read = await readAll(inPieces(whole, 65_536))
  expect(text.startsWith(read.text.slice(0, text.length / 4))).toBe(true)
  expect(read.code).toBe('Z_DATA_ERROR')
})

/** zlib drops what it has inflated since it last gave a piece of this size when it finds something wrong. */
const mostLostBytes = 16_384

test.each([
  ['\0\0x', 'TRAILING_BYTES'],
  ['\0\0', undefined],
  // It may be the beginning of a further member.
  ['\u001f', 'Z_BUF_ERROR'],
])('what is whole is given where %j follows it, and then the error', async (trailing, code) => {
  const whole = Buffer.concat([gzipSync('one\n'), gzipSync('two\n'), Buffer.from(trailing)])
  for (let place = 0; place <= whole.length; place++) {
    expect(await readAll(atPlace(whole, place))).toEqual({ text: 'one\ntwo\n', code })
  }
})

test.each(['no gzip', '\u001fx'])(
  'where %j follows, what came in chunks before it is given, and then the error',
  async (trailing) => {
    const members = Buffer.concat([gzipSync('one\n'), gzipSync('two\n')])
    const whole = Buffer.concat([members, Buffer.from(trailing)])
    for (let place = 0; place <= whole.length; place++) {
      const read = await readAll(atPlace(whole, place))
      expect(read.code).toBe('TRAILING_BYTES')
      expect('one\ntwo\n'.startsWith(read.text)).toBe(true)
      // zlib looks at two bytes to tell.
      if (place === members.length || place === members.length + 1) expect(read.text).toBe('one\ntwo\n')
    }
  },
)

test('of a chunk in which something else follows all but a piece is given, and then the error', async () => {
  const read = await readAll(inPieces(Buffer.concat([gzipSync(text), Buffer.from('no gzip')]), 65_536))
  expect(text.startsWith(read.text)).toBe(true)
  expect(text.length - read.text.length).toBeLessThanOrEqual(mostLostBytes)
  expect(read.code).toBe('TRAILING_BYTES')
})

/** A member whose header has a name, a comment, a check and something else. */
function withLongHeader(plain: Buffer): Buffer {
  const header = Buffer.concat([plain.subarray(0, 10), Buffer.from('\x03\0abcname\0comment\0', 'latin1')])
  header[3] = 2 + 4 + 8 + 16
  const check = Buffer.alloc(2)
  check.writeUInt16LE(crc32(header) & 0xffff)
  return Buffer.concat([header, check, plain.subarray(10)])
}

test('a header may have a name, a comment, a check and whatever else', async () => {
  const whole = withLongHeader(gzipSync('one\n'))
  for (let place = 0; place <= whole.length; place++) {
    expect(await readAll(atPlace(whole, place))).toEqual({ text: 'one\n', code: undefined })
  }
})

test.each([
  ['method', 2],
  ['check', 29],
])('that the %s of a header is wrong is an error', async (_, at) => {
  const whole = withLongHeader(gzipSync('one\n'))
  whole[at]! ^= 1
  expect(await readAll(atPlace(whole, 5))).toEqual({ text: '', code: 'Z_DATA_ERROR' })
})

test('a header that goes on and on does not fill the memory', async () => {
  const header = gzipSync('').subarray(0, 10)
  header[3] = 8
  const pieces = 1000
  const piece = () => Buffer.alloc(65_536, 'n')
  let heldBytes = 0
  async function* longHeader(): AsyncGenerator<Uint8Array> {
    yield header
    const before = process.memoryUsage().arrayBuffers
    for (let at = 0; at < pieces; at++) yield piece()
    heldBytes = process.memoryUsage().arrayBuffers - before
  }
  expect(await readAll(longHeader())).toEqual({ text: '', code: 'Z_BUF_ERROR' })
  expect(heldBytes).toBeLessThan((pieces * 65_536) / 2)
})

test.each(['check', 'length'])('that the %s is wrong is an error, after all of the text but a piece', async (what) => {
  const whole = gzipSync(text)
  whole[whole.length - (what === 'check' ? 8 : 4)]! ^= 1
  const read = await readAll(inPieces(whole, 65_536))
  expect(text.startsWith(read.text)).toBe(true)
  expect(text.length - read.text.length).toBeLessThanOrEqual(mostLostBytes)
  expect(read.code).toBe('Z_DATA_ERROR')
})

test('an error of what it reads is thrown after what could be read', async () => {
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield gzipSync('one\n').subarray(0, 20)
    yield gzipSync('one\n').subarray(20)
    throw Object.assign(new Error('no'), { code: 'EIO' })
  }
  expect(await readAll(failing())).toEqual({ text: 'one\n', code: 'EIO' })
})

test('who leaves closes what it reads', async () => {
  let isClosed = false
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield gzipSync(text)
    } finally {
      isClosed = true
    }
  }
  for await (const _ of gunzip(endless())) break
  expect(isClosed).toBe(true)
})
