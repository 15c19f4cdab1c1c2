import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { fileWith } from '../record/support/folder.ts'
import { epochMs, exit, output, saved, start } from '../record/support/events.ts'
import { demoRecord } from './support/demo-record.ts'
import { boxOf, hover, openPage, placeOf, withBrowser } from './support/open-page.ts'
import { pageOf, recordedRun } from './support/recorded-run.ts'

withBrowser()

const tip = '#tip:not([hidden])'

describe('the page of a run that was recorded', () => {
  test('shows the lines under the pointer, asks for nothing and complains of nothing', async () => {
    const script =
      'echo compiling; sleep 0.3; echo "a warning" >&2; sleep 0.3; for n in 1 2 3; do echo "step $n"; done; exit 3'
    const record = recordedRun('-n', 'build', '--', 'sh', '-c', script)
    const path = pageOf(record)
    const times = (await readFile(record, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { t: number }).t)
    const [startT = 0, firstT = 0, secondT = 0] = times
    const shareOf = (t: number): number => (t - startT) / ((times.at(-1) ?? 0) - startT)
    const { page, requests, complaints } = await openPage(path)
    expect(await page.title()).toContain('sh -c ')
    expect(await page.textContent('.row .head')).toContain('out 4 · err 1')

    await hover(page, 0, shareOf(firstT))
    expect(await page.textContent(`${tip} .tip-title`)).toContain('build stdout')
    expect(await page.locator(`${tip} li`).allTextContents()).toEqual(['compiling'])
    await hover(page, 0, shareOf((firstT + secondT) / 2))
    expect(await page.textContent(`${tip} .tip-what`)).toMatch(/^silent for /)
    await page.mouse.move(5, 5)
    await expect.poll(() => page.isVisible(tip)).toBe(false)

    expect(requests).toEqual([new URL(`file://${path}`).href])
    expect(complaints).toEqual([])
  }, 60_000)
})

describe('the page', () => {
  test('zooms at the pointer by the wheel, and back', async () => {
    const { page } = await openPage(pageOf(fileWith(saved(...demoRecord()))))
    await hover(page, 0, 0.91)
    expect(await page.textContent(`${tip} .tip-what`)).toBe('50 lines in 50 ms')
    for (let turns = 0; turns < 12; turns++) await page.mouse.wheel(0, -200)
    await expect.poll(() => page.textContent('#bar-length')).toBe('1 ms')
    await hover(page, 0, 0.9101)
    await hover(page, 0, 0.91)
    expect(await page.textContent(`${tip} .tip-what`)).toBe('1 line')
    // The mouse is at whole pixels, of 7 rows each before.
    expect(await page.textContent(`${tip} li`)).toMatch(/^row (9\d|10\d)$/)
    await page.click('#whole')
    await expect.poll(() => page.textContent('#bar-length')).toBe('50 ms')
  }, 60_000)

  test('is moved by dragging it, and by its buttons', async () => {
    const { page } = await openPage(pageOf(fileWith(saved(...demoRecord()))))
    await page.click('#closer')
    await page.click('#closer')
    const when = async (): Promise<string | null> => {
      await hover(page, 0, 0.19)
      await hover(page, 0, 0.2)
      return page.textContent(`${tip} .when`)
    }
    await page.click('#earlier')
    await page.click('#earlier')
    await page.click('#earlier')
    const first = await when()
    await hover(page, 0, 0.9)
    await page.mouse.down()
    await hover(page, 0, 0.8)
    await hover(page, 0, 0.6)
    await page.mouse.up()
    const dragged = await when()
    expect(dragged).not.toBe(first)
    await page.click('#later')
    expect(await when()).not.toBe(dragged)
    await page.click('#earlier')
    expect(await when()).toBe(dragged)
  }, 60_000)

  test('goes from line to line by its keys, and says them', async () => {
    const { page } = await openPage(pageOf(fileWith(saved(...demoRecord()))))
    await page.focus('#rows')
    await page.keyboard.press('ArrowRight')
    await expect
      .poll(() => page.textContent('#spoken'))
      .toBe('api stdout 0.20 s, 2 lines in 50 ms, request 0, request 1')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.textContent('#spoken')).toContain('lost the <b>database</b>')
    await expect.poll(() => page.textContent('#spoken')).toContain('exit 1 at 3.55 s, after 3.5 s')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.textContent('#spoken')).toContain('web stdout 0.25 s')
    await page.keyboard.press('+')
    await expect.poll(() => page.textContent('#bar-length')).toBe('20 ms')
    await page.keyboard.press('0')
    await expect.poll(() => page.textContent('#bar-length')).toBe('50 ms')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.textContent('.line.selected')).toContain('lost the <b>database</b>')
    await page.keyboard.press('Escape')
    await page.keyboard.press('End')
    await expect.poll(() => page.textContent('#spoken')).toContain('row 250')
    await page.keyboard.press('Escape')
    expect(await page.isVisible(tip)).toBe(false)
  }, 60_000)

  test('has all lines in their order, of which those are drawn that are in sight', async () => {
    const { page } = await openPage(pageOf(fileWith(saved(...demoRecord()))))
    const texts = page.locator('.line .text')
    await expect.poll(() => texts.first().textContent()).toBe('request 0')
    expect(await texts.count()).toBeLessThan(60)
    await page.focus('#lines')
    await page.keyboard.press('End')
    await expect.poll(() => texts.last().textContent()).toBe('row 299')
    const pane = await boxOf(page, '#lines')
    const bottomOfLast = async (): Promise<number> => {
      const last = await page.locator('.line').last().boundingBox()
      return last === null ? 0 : Math.round(last.y + last.height)
    }
    await expect.poll(bottomOfLast).toBe(Math.round(pane.y + pane.height))
    await page.locator('.line', { hasText: 'row 290' }).click()
    expect(await page.textContent('.line.selected .text')).toBe('row 290')
    const { x, y } = await placeOf(page, 0, 0.0402)
    await page.mouse.click(x, y)
    await expect.poll(() => page.textContent('.line.selected .text')).toBe('request 5')
  }, 60_000)

  test('has its cursor at a line that was clicked, and its keys go on from there', async () => {
    const written = [
      output('one\n', { t: epochMs + 100 }),
      output('two\n', { t: epochMs + 500 }),
      output('oops\n', { t: epochMs + 700, stream: 'stderr' }),
    ]
    const record = saved(start(), ...written, exit({ t: epochMs + 1000 }))
    const { page } = await openPage(pageOf(fileWith(record)))
    await page.locator('.line', { hasText: 'oops' }).click()
    await page.focus('#rows')
    await page.keyboard.press('Home')
    await expect.poll(() => page.textContent('#spoken')).toMatch(/^make stderr .*, oops$/)
    await page.locator('.line', { hasText: 'two' }).click()
    await page.focus('#rows')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => page.textContent('#spoken')).toMatch(/^make stdout .*, one$/)
  }, 60_000)

  test('is dark where the system is, and light where its button says so', async () => {
    const path = pageOf(fileWith(saved(...demoRecord())))
    const { page } = await openPage(path, { colorScheme: 'dark' })
    const paper = async (): Promise<unknown> => page.evaluate('getComputedStyle(document.body).backgroundColor')
    expect(await paper()).toBe('rgb(22, 24, 29)')
    expect(await page.textContent('#theme')).toBe('Light')
    await page.click('#theme')
    expect(await paper()).toBe('rgb(255, 255, 255)')
    expect(await page.textContent('#theme')).toBe('Dark')
  }, 60_000)

  test.each([
    [390, 844],
    [1440, 900],
  ])(
    'fits a window of %i by %i pixels',
    async (width, height) => {
      const { page } = await openPage(pageOf(fileWith(saved(...demoRecord()))), { viewport: { width, height } })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      for (const selector of ['h1', '#theme', '.legend', '.buttons', '#axis', '.stage', '#overview', '.pane']) {
        const box = await boxOf(page, selector)
        expect([selector, box.x >= 0, box.x + box.width <= width]).toEqual([selector, true, true])
      }
      await hover(page, 0, 1)
      const box = await boxOf(page, tip)
      expect(box.x).toBeGreaterThanOrEqual(0)
      expect(box.x + box.width).toBeLessThanOrEqual(width)
    },
    60_000,
  )

  test('is used by touch: a tap shows and reads, two fingers zoom', async () => {
    const options = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
    const { page } = await openPage(pageOf(fileWith(saved(...demoRecord()))), options)
    const { x, y } = await placeOf(page, 0, 0.91)
    await page.touchscreen.tap(x, y)
    expect(await page.textContent(`${tip} .tip-what`)).toMatch(/^\d+ lines in/)
    await expect.poll(() => page.textContent('.line.selected')).toContain('row ')
    const session = await page.context().newCDPSession(page)
    const fingers = (apartPx: number): { x: number; y: number }[] =>
      [-1, 1].map((side) => ({ x: 195 + (side * apartPx) / 2, y }))
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(60) })
    for (const apartPx of [90, 120, 180, 240]) {
      await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(apartPx) })
    }
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    expect(await page.isVisible(tip)).toBe(false)
    await expect.poll(() => page.textContent('#bar-length')).toBe('50 ms')
  }, 60_000)
})
