import { expect, test } from 'vitest'
import { fileWith } from '../record/support/folder.ts'
import { saved } from '../record/support/events.ts'
import { demoRecord } from './support/demo-record.ts'
import { openPage, withBrowser } from './support/open-page.ts'
import { pageOf } from './support/recorded-run.ts'

withBrowser()

/** How much brighter one colour is than another, from 1 to 21, as WCAG has it. */
function contrast(one: readonly number[], other: readonly number[]): number {
  const [dark = 0, light = 0] = [brightness(one), brightness(other)].toSorted((left, right) => left - right)
  return (light + 0.05) / (dark + 0.05)
}

function brightness(rgb: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((value) => {
    const share = value / 255
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

test.each(['light', 'dark'] as const)(
  'texts and bars can be told from what is behind them where it is %s',
  async (colorScheme) => {
    const { page } = await openPage(pageOf(fileWith(saved(...demoRecord()))), { colorScheme })
    const colorOf = async (name: string): Promise<number[]> => {
      const found = await page.evaluate(`
      document.body.style.outlineColor = 'var(--${name})'
      getComputedStyle(document.body).outlineColor
    `)
      return String(found).match(/\d+/g)!.map(Number)
    }
    for (const behind of ['paper', 'raised', 'tint', 'grid']) {
      for (const text of ['ink', 'muted', 'out', 'err', 'fail']) {
        const found = contrast(await colorOf(text), await colorOf(behind))
        expect([text, behind, found >= 4.5]).toEqual([text, behind, true])
      }
    }
  },
  60_000,
)
