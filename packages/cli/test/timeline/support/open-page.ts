import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright'
import { afterAll, beforeAll, onTestFinished } from 'vitest'

interface FindChromium {
  findChromium: (env: NodeJS.ProcessEnv, exists: (path: string) => boolean) => string | undefined
  howToGetChromium: string
}

/** A page that is open, and what it asked for and complained of since. */
export interface OpenPage {
  page: Page
  requests: string[]
  complaints: string[]
}

let browser: Browser | undefined

/** Starts a browser for the tests of a file. */
export function withBrowser(): void {
  beforeAll(async () => {
    const script = new URL('../../../../../scripts/find-chromium.mjs', import.meta.url).href
    const { findChromium, howToGetChromium } = (await import(script)) as FindChromium
    const executablePath = findChromium(process.env, existsSync)
    // A browser that is not there must not look like one in which all is well.
    if (executablePath === undefined) throw new Error(howToGetChromium)
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  }, 60_000)
  afterAll(() => browser?.close())
}

/** Opens a page and waits until it can be used. */
export async function openPage(path: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const requests: string[] = []
  const complaints: string[] = []
  const page = await newPage(path, options, (made) => {
    made.on('request', (request) => requests.push(request.url()))
    made.on('console', (message) => complaints.push(message.text()))
    made.on('pageerror', (error) => complaints.push(error.message))
  })
  await page.waitForSelector('body.open')
  return { page, requests, complaints }
}

/** Opens a page, for this test. */
export async function newPage(
  path: string,
  options: BrowserContextOptions = {},
  prepare: (page: Page) => void = () => undefined,
): Promise<Page> {
  if (browser === undefined) throw new Error('There is no browser: call withBrowser() first')
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  prepare(page)
  await page.goto(pathToFileURL(path).href)
  return page
}

/** Where a time of a row is in the window while the whole record is shown, a little above the line of the row or below it. */
export async function placeOf(
  page: Page,
  row: number,
  shareOfRecord: number,
  stream: 'stdout' | 'stderr' = 'stdout',
): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = await boxOf(page, `.row >> nth=${row}`)
  // Two hundredths are left free at both ends.
  const share = (shareOfRecord + 0.02) / 1.04
  return { x: x + share * width, y: y + height * (stream === 'stdout' ? 0.5 : 0.8) }
}

/** Moves the mouse there. */
export async function hover(
  page: Page,
  ...place: [row: number, share: number, stream?: 'stdout' | 'stderr']
): Promise<void> {
  const { x, y } = await placeOf(page, ...place)
  await page.mouse.move(x, y)
}

/** Where an element is in the window, in pixels. */
export async function boxOf(
  page: Page,
  selector: string,
): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await page.locator(selector).boundingBox()
  if (box === null) throw new Error(`${selector} is not to be seen`)
  return box
}
