import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  closeSync,
  constants,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { until } from '../../../rivulet/test/support/processes.ts'
import { fileWith, temporaryFolder } from '../record/support/folder.ts'
import { exit, output, saved, start } from '../record/support/events.ts'
import { main, timeline } from './support/recorded-run.ts'

const record = saved(start(), output('one\ntwo\n'), exit())
/** Its page is longer than what a pipe holds. */
const long = saved(start(), ...Array.from({ length: 30_000 }, (_, at) => output(`${Math.sin(at)}\n`)), exit())

describe('rivulet timeline, which may be ended at any time,', () => {
  test.each(['stdout', 'the file after -o'])('while the reader of %s stands still', async (where) => {
    const pipe = join(temporaryFolder(), 'pipe')
    spawnSync('mkfifo', [pipe])
    // Its reader, who reads no more than that it is there.
    const fd = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK)
    onTestFinished(() => closeSync(fd))
    const words = where === 'stdout' ? [] : ['-o', pipe]
    const child = spawn(process.execPath, [main, 'timeline', fileWith(long), ...words], {
      stdio: ['ignore', where === 'stdout' ? openSync(pipe, 'w') : 'ignore', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const end = once(child, 'exit')
    const bytes = Buffer.alloc(1)
    await until(() => {
      try {
        return readSync(fd, bytes) > 0
      } catch {
        // Nothing has come yet.
        return false
      }
    })
    child.kill('SIGTERM')
    expect(await end).toEqual([143, null])
  })

  test('while it waits for the record, and leaves no file', async () => {
    const out = join(temporaryFolder(), 'run.html')
    const child = spawn(process.execPath, [main, 'timeline', '-', '-o', out], { stdio: ['pipe', 'ignore', 'inherit'] })
    const end = once(child, 'exit')
    // More than a pipe holds: it reads, and so hears signals.
    await new Promise((resolve) => child.stdin.write(long, resolve))
    child.kill('SIGINT')
    expect(await end).toEqual([130, null])
    expect(readdirSync(dirname(out))).toEqual([])
  })

  test('a pipe that nobody reads is refused instead of waited for', () => {
    const pipe = join(temporaryFolder(), 'pipe')
    spawnSync('mkfifo', [pipe])
    expect(timeline([fileWith(record), '-o', pipe])).toMatchObject({
      status: 125,
      stderr: `rivulet: Cannot save to '${pipe}': nothing is reading it (ENXIO)\n`,
    })
  })

  test('a link stays one, and what it leads to is replaced', () => {
    const [page, link] = [fileWith('older', 'page.html'), join(temporaryFolder(), 'link.html')]
    chmodSync(page, 0o600)
    symlinkSync(page, link)
    expect(timeline([fileWith(record), '-o', link]).status).toBe(0)
    expect(readFileSync(page, 'utf8')).toMatch(/<\/html>\n$/)
    expect(statSync(page).mode & 0o777).toBe(0o600)
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
  })
})
