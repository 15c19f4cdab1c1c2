import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { RecordScan } from '../../../src/timeline/scan/record-scan.ts'
import { svgPicture } from '../../../src/timeline/svg/svg-picture.ts'
import { timelineLimits } from '../../../src/timeline/timeline-limits.ts'
import { exit, output, start } from '../../record/support/events.ts'
import { temporaryFolder } from '../../record/support/folder.ts'
import { demoRecord } from '../support/demo-record.ts'
import { newPage, withBrowser } from '../support/open-page.ts'

withBrowser()

const hostile = `]]></text><script>document.title='owned'</script>&nbsp;\u0000\ud800\u202e"'`

test('a browser shows the picture, within a page, whatever names are in it', async () => {
  const folder = temporaryFolder()
  const pictures = [
    demoRecord(),
    [start({ name: hostile }), output(hostile, { name: hostile }), exit({ name: hostile })],
  ]
  pictures.forEach((events, at) => {
    const scan = new RecordScan(timelineLimits, () => undefined)
    for (const event of events) scan.push(event)
    writeFileSync(join(folder, `${at}.svg`), svgPicture(hostile, scan.close()))
  })
  writeFileSync(join(folder, 'page.html'), '<img src="0.svg" id="one"><img src="1.svg" id="two">')
  const page = await newPage(join(folder, 'page.html'))
  // A picture that is not well-formed has no width.
  for (const id of ['one', 'two']) expect(await page.evaluate(`${id}.naturalWidth`)).toBeGreaterThan(0)
}, 60_000)
