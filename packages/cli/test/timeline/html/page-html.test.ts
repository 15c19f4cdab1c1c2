import { describe, expect, test } from 'vitest'
import type { PageData } from '@rivulet/timeline-page'
import { pageHtml } from '../../../src/timeline/html/page-html.ts'

const script = 'let page = 1'
const style = 'body{margin:0}'
const bundle = { script, scriptHash: 'sha256-c2NyaXB0', style, styleHash: 'sha256-c3R5bGU=' }
const none = { lines: 0, bytes: 0 }

function page(data: Partial<PageData> = {}, notes: string[] = []): string {
  const whole: PageData = {
    title: 'a run',
    startedAt: 1_700_000_000_000,
    durationMs: 1000,
    commands: [{ name: 'make', command: 'make', attempts: [], omittedAttempts: 0, stdout: none, stderr: none }],
    keptLines: 0,
    omitted: { lines: 0, slotMs: 1, lanes: [] },
    ...data,
  }
  const blocks = [{ index: Uint8Array.of(1, 2), texts: Uint8Array.of(3) }]
  return [...pageHtml({ data: whole, summary: ['9 lines', '1.0 s'], notes, blocks }, bundle)].join('')
}

describe('the page', () => {
  test('allows its own script and style only, and no network', () => {
    const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(page()) ?? []
    expect(policy.split('; ')).toEqual([
      `default-src 'none'`,
      `script-src 'sha256-c2NyaXB0'`,
      `style-src 'sha256-c3R5bGU='`,
      'img-src data:',
      `base-uri 'none'`,
      `form-action 'none'`,
    ])
  })

  test('names nothing that is elsewhere', () => {
    expect(page()).not.toMatch(/(?:src|href)="(?!data:)|@import|url\(|https?:/)
  })

  test('says what it shows, and what is missing, without a script', () => {
    const html = page({}, ['2 lines of the record could not be read.'])
    expect(html).toContain('<h1>a run</h1>')
    expect(html).toContain(
      '<span>9 lines</span> · <span>1.0 s</span> · <span><time datetime="2023-11-14T22:13:20.000Z">',
    )
    expect(html).toContain('<p class="note">2 lines of the record')
  })

  test('has names, commands and titles as text, whatever they are', () => {
    const hostile = `</script></title><script>alert(1)</script><img src=x onerror="alert(2)">`
    const command = { name: hostile, command: hostile, attempts: [], omittedAttempts: 0, stdout: none, stderr: none }
    const html = page({ title: hostile, commands: [command] })
    expect(html.match(/<script/g)).toHaveLength(4)
    expect(html.match(/<\/script/g)).toHaveLength(4)
    expect(html).not.toMatch(/<img/)
    const [, json = ''] = /id="data">(.*?)<\/script>/.exec(html) ?? []
    expect(JSON.parse(json)).toMatchObject({ title: hostile, commands: [{ name: hostile, command: hostile }] })
  })

  test('has the blocks of lines as base64', () => {
    expect(page()).toContain('<script type="text/plain" class="index">AQI=</script>')
    expect(page()).toContain('<script type="text/plain" class="texts">Aw==</script>')
  })
})
