import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { run, type Run } from '../../src/process/index.ts'
import { block } from '../fixtures/blocks.mjs'
import { fixturePath } from '../support/fixture.ts'
import { state, until } from '../support/processes.ts'
import { readAll, shell } from '../support/programs.ts'
import { settle } from '../support/turn.ts'

type Tagged<T> = readonly ['stdout' | 'stderr', T]

/**
 * A program that prints these pieces, in which a character is a byte, to stdout, and after each something to stderr; it
 * goes on when what it has printed was read. So each comes in a chunk of its own, with one of the other stream in between.
 */
function inPieces(pieces: readonly string[], others: readonly string[] = pieces.map(() => '-')): Run {
  const steps = pieces.map((piece, index) => `${print(piece)}; ${print(others[index])} >&2; read _`)
  const child = run('sh', ['-c', steps.join('; ')], { input: readOnes() })
  return child

  async function* readOnes(): AsyncGenerator<string> {
    let printed = 0
    for (const [index, piece] of pieces.entries()) {
      printed += piece.length + (others[index] ?? '').length
      // It waits for its line, and what it wrote is in the pipes: the turns that follow are enough to read it.
      await until(() => state(child.pid ?? 0) === 'S' && written(child.pid ?? 0) >= printed)
      await settle()
      yield '\n'
    }
  }
}

function print(bytes = ''): string {
  const octal = Array.from(bytes, (byte) => `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`)
  return `printf '${octal.join('')}'`
}

/** How much a process has written, as the system counts it: a byte of its start is counted too. */
function written(pid: number): number {
  return Number(/^wchar: (\d+)/m.exec(readFileSync(`/proc/${String(pid)}/io`, 'latin1'))?.[1])
}

async function stdoutOf<T>(stream: AsyncIterable<Tagged<T>>): Promise<T[]> {
  return (await readAll(stream)).filter(([name]) => name === 'stdout').map(([, item]) => item)
}

async function* outputs(child: Run): AsyncGenerator<Tagged<{ data: string; encoding?: 'base64' }>> {
  for await (const event of child.events()) {
    if (event.type !== 'output') continue
    const { stream, data, encoding } = event
    yield [stream, { data, ...(encoding === undefined ? {} : { encoding }) }]
  }
}

const cases: [what: string, pieces: string[], lines: string[]][] = [
  ['UTF-8 that is split in the middle of a code point', ['caf\xc3', '\xa9\n'], ['café']],
  ['UTF-8 that comes byte by byte', ['\xf0', '\x9f', '\x98', '\x80\n'], ['😀']],
  ['a CRLF that is split', ['a\r', '\nb\r\n'], ['a', 'b']],
  ['a lone CR, which ends no line', ['a\rb', '\rc\n\r'], ['a\rb\rc', '\r']],
  ['U+2028 and U+0085, which end no line', ['a\xe2\x80\xa8b', '\xc2\x85c\n'], ['a\u2028b\u0085c']],
  ['NUL bytes', ['a\0b', '\0\n\0'], ['a\0b\0', '\0']],
  ['empty lines', ['\n\n', '\n'], ['', '', '']],
  ['a last line without newline', ['a\nb', 'c'], ['a', 'bc']],
  ['bytes that are not UTF-8', ['a\xff', 'b\xc3\n'], ['a\ufffdb\ufffd']],
  ['a code point that is never finished', ['a\xe2\x82'], ['a\ufffd']],
  ['a byte order mark at the start', ['\xef', '\xbb\xbfa\n', '\xef\xbb\xbfb\n'], ['a', '\ufeffb']],
]

describe.each(cases)('%s', (_, pieces, lines) => {
  const bytes = Buffer.from(pieces.join(''), 'latin1')

  test('is the same bytes in chunks, as they were printed', async () => {
    const chunks = await stdoutOf(inPieces(pieces))
    expect(chunks.map((chunk) => Buffer.from(chunk).toString('latin1'))).toEqual(pieces)
  })

  test('is in lines, and in their batches, as it should', async () => {
    expect(await stdoutOf(inPieces(pieces).lines())).toEqual(lines)
    const batches = await stdoutOf(inPieces(pieces).lineBatches())
    expect(batches.flat()).toEqual(lines)
  })

  test('is text in what is collected', async () => {
    // As the platform decodes the whole at once, which keeps the mark out as the lines do.
    expect((await inPieces(pieces).collect()).stdout).toBe(new TextDecoder().decode(bytes))
  })

  test('is the same bytes in the data of events, decoded by their encoding', async () => {
    const events = await stdoutOf(outputs(inPieces(pieces)))
    const decoded = events.map(({ data, encoding }) => Buffer.from(data, encoding ?? 'utf8'))
    expect(Buffer.concat(decoded)).toEqual(bytes)
  })
})

describe('bytes', () => {
  test('that are UTF-8 are text in events, a byte order mark kept in it, others base64', async () => {
    const events = await stdoutOf(
      outputs(inPieces(['\xef\xbb', '\xbfcaf\xc3', '\xa9', 'a\xff', 'b\xc3', '\n', '\xe2\x82'])),
    )
    const base64 = (data: string): object => ({
      data: Buffer.from(data, 'latin1').toString('base64'),
      encoding: 'base64',
    })
    expect(events).toEqual([
      { data: '\ufeffcaf' },
      { data: 'é' },
      base64('a\xff'),
      { data: 'b' },
      base64('\xc3\n'),
      base64('\xe2\x82'),
    ])
  })

  test('of each stream are decoded by themselves: what is split in one is not finished by the other', async () => {
    const split = (): Run => inPieces(['\xef\xbb', '\xbfa\xc3', '\xa9'], ['b\xc3', '\xa8\xc3', '\xa0'])
    const wanted = { stdout: 'aé', stderr: 'bèà' }
    expect(Object.fromEntries(await readAll(split().lines()))).toEqual(wanted)
    expect(await split().collect()).toMatchObject(wanted)
    const events = { stdout: '', stderr: '' }
    for await (const [name, { data }] of outputs(split())) events[name] += data
    expect(events).toEqual({ ...wanted, stdout: '\ufeffaé' })
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
  }, 120_000)
})
