import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { fileWith, temporaryFolder } from '../record/support/folder.ts'
import { epochMs, exit, output, saved, start } from '../record/support/events.ts'
import { main, timeline } from './support/recorded-run.ts'

const record = saved(start(), output('one\ntwo\n'), exit())
/** Its page is longer than what a pipe holds. */
const long = saved(start(), ...Array.from({ length: 30_000 }, (_, at) => output(`${Math.sin(at)}\n`)), exit())

describe('rivulet timeline', () => {
  test('writes a page to the file that is named, and says nothing', () => {
    const out = join(temporaryFolder(), 'run.html')
    expect(timeline([fileWith(record), '-o', out])).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(readFileSync(out, 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/)
  })

  test('writes to stdout where no file is named, and a picture where that is asked for', () => {
    const path = fileWith(record)
    expect(timeline([path])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^<!doctype html>/) as string })
    expect(timeline([path, '--svg'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^<svg /) as string })
  })

  test('reads stdin and gzip', () => {
    expect(timeline(['-', '--svg'], gzipSync(record)).stdout).toContain('2 lines')
  })

  test('its policy names the very script and style that are in it', () => {
    const page = timeline([fileWith(record)]).stdout
    for (const kind of ['script', 'style']) {
      const [, hash] = new RegExp(`${kind}-src 'sha256-([^']+)'`).exec(page) ?? []
      const [, text = ''] = new RegExp(`<${kind}>(.*?)</${kind}>`, 's').exec(page) ?? []
      expect(hash).toBe(createHash('sha256').update(text).digest('base64'))
    }
  })

  test('has the title that is given', () => {
    expect(timeline([fileWith(record), '--title', 'Nightly <1>']).stdout).toContain('<title>Nightly &lt;1&gt;</title>')
  })

  test('draws what can be read of a broken record, names the line, and exits with 1', () => {
    const path = fileWith(saved(start(), output('one\n')) + '{"torn\n' + saved(exit()))
    const { status, stdout, stderr } = timeline([path])
    expect({ status, stderr }).toEqual({ status: 1, stderr: `rivulet: ${path}:3: skipped: not JSON\n` })
    expect(stdout).toContain('1 line of the record could not be read')
  })

  test('draws a run whose end is missing, says so, and exits with 1', () => {
    const { status, stdout, stderr } = timeline([
      fileWith(saved(start(), output('one\n', { t: epochMs + 900 }))),
      '--svg',
    ])
    expect(status).toBe(1)
    expect(stdout).toContain('no exit recorded')
    expect(stderr).toContain('the end of the run is missing')
  })

  test('draws what can be read of a damaged gzip file, and exits with 1', () => {
    const noise = Array.from({ length: 20_000 }, (_, at) => `${Math.imul(at, 2_654_435_761)}\n`).join('')
    const whole = gzipSync(saved(start(), output('first\n'), output(noise)) + saved(output('x\n')).repeat(1000))
    const { status, stdout, stderr } = timeline([fileWith(whole.subarray(0, whole.length - 100))])
    expect(status).toBe(1)
    expect(stdout).toContain('The record is damaged')
    expect(stderr).toMatch(/^rivulet: Cannot read '.*' to its end: its gzip data is cut short \(Z_BUF_ERROR\)\n$/)
  })
})

describe('rivulet timeline writes nothing and says why', () => {
  test.each([
    ['in which there is nothing', '', 1, /there are no events in it/],
    ['that is no record', 'hello\n', 1, /run\.jsonl:1: skipped: not JSON\n.*there are no events in it/],
  ])('of a file %s', (_, content, code, why) => {
    const out = join(temporaryFolder(), 'run.html')
    const { status, stderr } = timeline([fileWith(content), '-o', out])
    expect(status).toBe(code)
    expect(stderr).toMatch(why)
    expect(existsSync(out)).toBe(false)
  })

  test('where the record is not there', () => {
    const out = join(temporaryFolder(), 'run.html')
    expect(timeline(['missing.jsonl', '-o', out])).toEqual({
      status: 125,
      stdout: '',
      stderr: "rivulet: Cannot read 'missing.jsonl': no such file or folder (ENOENT)\n",
    })
    expect(existsSync(out)).toBe(false)
  })

  test('where the file cannot be written, before the record is read', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'taken'))
    for (const [name, why] of [
      ['missing/run.html', 'no such file or folder (ENOENT)'],
      ['taken', 'it is a folder (EISDIR)'],
    ] as const) {
      const out = join(folder, name)
      expect(timeline(['-', '-o', out])).toMatchObject({
        status: 125,
        stderr: `rivulet: Cannot save to '${out}': ${why}\n`,
      })
    }
  })

  test('where the file is the record itself', () => {
    const path = fileWith(record)
    const other = join(temporaryFolder(), 'link.html')
    symlinkSync(path, other)
    const { status, stderr } = timeline([path, '-o', other])
    expect({ status, stderr }).toEqual({
      status: 125,
      stderr: `rivulet: Cannot write to '${other}': it is the saved run itself; name another file after -o\n`,
    })
    expect(readFileSync(path, 'utf8')).toBe(record)
    for (const script of ['"$0" "$1" timeline - -o "$2" < "$2"', '"$0" "$1" timeline "$2" >> "$2"']) {
      expect(spawnSync('bash', ['-c', script, process.execPath, main, path]).status).toBe(125)
      expect(readFileSync(path, 'utf8')).toBe(record)
    }
  })

  test('where the disk is full, and leaves what was there', () => {
    const out = join(temporaryFolder(), 'run.html')
    writeFileSync(out, 'an older page')
    // A limit of 8 blocks of 512 bytes for what may be written to a file.
    const limited = `trap '' XFSZ; ulimit -f 8; exec "$0" "$1" timeline "$2" -o "$3"`
    const words = ['-c', limited, process.execPath, main, fileWith(record), out]
    const { status, stderr } = spawnSync('bash', words, { encoding: 'utf8' })
    expect(status).toBe(125)
    expect(stderr).toMatch(/^rivulet: Cannot save to '.*run\.html': .* \(EFBIG\)\n$/)
    expect(readFileSync(out, 'utf8')).toBe('an older page')
    expect(readdirSync(dirname(out))).toEqual(['run.html'])
  })

  test('where it is a page for a terminal', () => {
    // `script` gives it one.
    const command = `'${process.execPath}' '${main}' timeline '${fileWith(record)}'`
    const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], { encoding: 'utf8', input: '' })
    expect(stdout).toContain('rivulet: A page cannot be shown on a terminal: name a file after -o')
    expect(stdout).not.toContain('<html')
  })

  test('to a reader that has left, quietly', () => {
    const script = `"$0" "$1" timeline "$2" | head -c 10`
    const words = ['-o', 'pipefail', '-c', script, process.execPath, main, fileWith(long)]
    const { status, stdout, stderr } = spawnSync('bash', words, { encoding: 'utf8' })
    expect({ status, stdout, stderr }).toEqual({ status: 141, stdout: '<!doctype ', stderr: '' })
  })
})
