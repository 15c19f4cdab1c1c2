import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { Queue } from '../../src/core/index.ts'
import { run, type Run } from '../../src/process/index.ts'
import { block } from '../fixtures/blocks.mjs'
import { fixturePath } from '../support/fixture.ts'
import { shell } from '../support/programs.ts'

type Tagged<T> = AsyncIterable<['stdout' | 'stderr', T]>

/**
 * What a view makes of pieces of stdout, given in printf's octal. Each is written only when the consumer has seen the
 * chunk of stderr that follows the one before: so it comes in a chunk of its own, with the other stream's in between.
 */
async function readInPieces<T>(pieces: readonly string[], view: (child: Run) => Tagged<T>): Promise<T[]> {
  const steps = new Queue<string>({ capacity: 1 })
  const script = pieces.map((piece) => `printf '${piece}'; echo >&2; read _`).join('; ')
  const seen: T[] = []
  for await (const [name, item] of view(run('sh', ['-c', script], { input: steps }))) {
    if (name === 'stdout') seen.push(item)
    else steps.tryPut('\n')
  }
  return seen
}

describe('lines of stdout', () => {
  const cases: [what: string, pieces: string[], lines: string[]][] = [
    ['UTF-8 that is split in the middle of a code point', ['caf\\303', '\\251\\n'], ['café']],
    ['UTF-8 that comes byte by byte', ['\\360', '\\237', '\\230', '\\200\\n'], ['😀']],
    ['a CRLF that is split', ['a\\r', '\\nb\\r\\n'], ['a', 'b']],
    ['a lone CR, which ends no line', ['a\\rb', '\\rc\\n'], ['a\rb\rc']],
    ['U+2028 and U+0085, which end no line', ['a\\342\\200\\250b\\302\\205c\\n'], ['a\u2028b\u0085c']],
    ['NUL bytes', ['a\\000b', '\\000\\n\\000'], ['a\0b\0', '\0']],
    ['empty lines', ['\\n\\n', '\\n'], ['', '', '']],
    ['a last line without newline', ['a\\nb', 'c'], ['a', 'bc']],
    ['bytes that are not UTF-8', ['a\\377', 'b\\303\\n'], ['a\ufffdb\ufffd']],
    ['a code point that is never finished', ['a\\303'], ['a\ufffd']],
    [
      'a byte order mark at the start, which is kept out',
      ['\\357', '\\273\\277a\\n\\357\\273\\277b\\n'],
      ['a', '\ufeffb'],
    ],
  ]
  test.each(cases)('with %s', async (_, pieces, wanted) => {
    expect(await readInPieces(pieces, (child) => child.lines())).toEqual(wanted)
    expect((await readInPieces(pieces, (child) => child.lineBatches())).flat()).toEqual(wanted)
  })

  test('each stream has its own: what is split in one is not finished by the other', async () => {
    const script = String.raw`printf 'a\303'; printf 'b\303' >&2; printf '\251'; printf '\250' >&2`
    const seen = new Map<string, string>()
    for await (const [name, line] of shell(script).lines()) seen.set(name, line)
    expect(seen).toEqual(
      new Map([
        ['stdout', 'aé'],
        ['stderr', 'bè'],
      ]),
    )
  })
})

describe('bytes', () => {
  const mixed = ['\\357\\273\\277a\\303', '\\251\\000\\377\\r\\n', 'b']
  const bytes = Buffer.from([0xef, 0xbb, 0xbf, 97, 0xc3, 0xa9, 0, 0xff, 13, 10, 98])

  test('are bytes in chunks, a byte order mark among them', async () => {
    expect(Buffer.concat(await readInPieces(mixed, (child) => child))).toEqual(bytes)
  })

  test('are the same in the data of events, decoded by their encoding', async () => {
    async function* outputs(child: Run): Tagged<Buffer> {
      for await (const event of child.events()) {
        if (event.type === 'output') yield [event.stream, Buffer.from(event.data, event.encoding ?? 'utf8')]
      }
    }
    expect(Buffer.concat(await readInPieces(mixed, outputs))).toEqual(bytes)
  })

  test('are the consumer’s own: what it does to a chunk is seen by nobody else, the end of stderr included', async () => {
    const reading = async (): Promise<void> => {
      for await (const [, chunk] of shell('echo why >&2; exit 1')) {
        // As a transfer would, which is refused for memory that is shared.
        structuredClone(chunk, { transfer: [chunk.buffer as ArrayBuffer] })
        expect(chunk.length).toBe(0)
      }
    }
    await expect(reading()).rejects.toMatchObject({ stderr: 'why\n' })
  })

  test('of 1 GiB through both streams have the checksums that they had', async () => {
    const mebibytes = 512
    const read = { stdout: createHash('sha1'), stderr: createHash('sha1') }
    const child = run(process.execPath, [fixturePath('two-streams'), String(mebibytes)])
    let total = 0
    for await (const [name, chunk] of child) {
      read[name].update(chunk)
      total += chunk.length
    }
    expect(total).toBe(2 * mebibytes * 1024 * 1024)
    const wanted = [1, 2].map((fd) => {
      const hash = createHash('sha1')
      for (let at = 0; at < mebibytes; at++) hash.update(block(fd, at))
      return hash.digest('hex')
    })
    expect([read.stdout.digest('hex'), read.stderr.digest('hex')]).toEqual(wanted)
    expect(wanted[0]).not.toBe(wanted[1])
  }, 60_000)
})
