import { expect, test } from 'vitest'
import { fileWith } from '../record/support/folder.ts'
import { epochMs, exit, output, saved, start } from '../record/support/events.ts'
import { hover, openPage, withBrowser } from './support/open-page.ts'
import { pageOf } from './support/recorded-run.ts'

withBrowser()

const attack = `</script></title></style><script>document.title='owned'</script><img src=x onerror="document.title='owned'">`

test('whatever a program prints and is called, nothing of it is run, and all of it can be read', async () => {
  const path = pageOf(
    fileWith(
      saved(
        start({ name: attack }, ['sh', attack]),
        output(`${attack}\n`, { name: attack, t: epochMs + 100 }),
        output('\u202e\u001b[31mreversed\u001b[2J\n', { name: attack, t: epochMs + 200, stream: 'stderr' }),
        exit({ name: attack, t: epochMs + 1000 }),
      ),
    ),
  )
  const { page, requests, complaints } = await openPage(path)
  expect(await page.textContent('.row .head b')).toBe(attack)
  expect(await page.textContent('.row .head code')).toBe('')
  await expect.poll(() => page.locator('.line .text').allTextContents()).toEqual([attack, '<U+202E>reversed^[[2J'])
  await hover(page, 0, 0.1)
  expect(await page.textContent('#tip li')).toBe(attack)
  expect(await page.locator('img').count()).toBe(0)
  expect(await page.title()).not.toBe('owned')
  expect(requests).toHaveLength(1)
  expect(complaints).toEqual([])
}, 60_000)

test('a script that got into the page in spite of that would not run', async () => {
  const { page, complaints } = await openPage(pageOf(fileWith(saved(start(), output('x\n'), exit()))))
  await page.evaluate(`
    const script = document.createElement('script')
    script.textContent = "document.title = 'owned'"
    document.body.append(script)
    document.body.insertAdjacentHTML('beforeend', '<img src="https://example.invalid/x.png">')
  `)
  await expect.poll(() => complaints.length).toBeGreaterThanOrEqual(2)
  expect(complaints.join('\n')).toMatch(/script-src[\s\S]*img-src/)
  expect(await page.title()).toBe('make')
}, 60_000)
