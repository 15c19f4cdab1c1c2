import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../record/support/folder.ts'
import { epochMs, exit, output, saved, start } from '../record/support/events.ts'
import { hover, openPage, withBrowser } from './support/open-page.ts'
import { pageOf, timeline } from './support/recorded-run.ts'

withBrowser()

/** A record of so many lines, each a millisecond after the one before, a hundred an event. */
async function largeRecord(lines: number): Promise<string> {
  const path = join(temporaryFolder(), 'run.jsonl')
  const file = createWriteStream(path)
  file.write(saved(start()))
  for (let at = 0; at < lines; at += 100) {
    const data = Array.from({ length: 100 }, (_, line) => `line ${at + line}, which says this and that\n`).join('')
    const event = output(data, { t: epochMs + at, stream: at % 1000 === 0 ? 'stderr' : 'stdout' })
    if (!file.write(saved(event))) await once(file, 'drain')
  }
  file.end(saved(exit({ t: epochMs + lines })))
  await once(file, 'close')
  return path
}

test('a record of a million lines is opened, hovered, zoomed and scrolled to its end', async () => {
  const path = pageOf(await largeRecord(1_000_000))
  // Less than the texts are.
  expect((await stat(path)).size).toBeLessThan(20_000_000)
  const { page, complaints } = await openPage(path)
  expect(await page.textContent('.legend')).toContain('stdout 900,000')
  await hover(page, 0, 0.5005)
  expect(await page.textContent('#tip .tip-what')).toMatch(/^\d,\d\d\d lines in 5\.0 s$/)
  for (let turns = 0; turns < 16; turns++) await page.mouse.wheel(0, -200)
  await expect.poll(() => page.textContent('#bar-length')).not.toMatch(/ s$/)
  await page.focus('#lines')
  await page.keyboard.press('End')
  await expect
    .poll(() => page.locator('.line .text').last().textContent())
    .toBe('line 999999, which says this and that')
  await page.focus('#rows')
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.textContent('.line.selected .text')).toMatch(/^line \d+, which says this and that$/)
  expect(complaints).toEqual([])
}, 180_000)

test('the picture of it is as small as that of others', async () => {
  const path = await largeRecord(300_000)
  const out = join(temporaryFolder(), 'run.svg')
  expect(timeline([path, '-o', out])).toMatchObject({ status: 0, stderr: '' })
  expect((await readFile(out)).length).toBeLessThan(20_000)
}, 60_000)
