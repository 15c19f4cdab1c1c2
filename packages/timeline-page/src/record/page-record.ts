import type { PageData } from '../format/page-data.ts'
import { CommandRow } from './command-row.ts'
import { Lane } from './lane.ts'
import { LineTable } from './line-table.ts'
import { LineTexts } from './line-texts.ts'
import { OmittedCounts } from './omitted-counts.ts'
import { unpack } from './unpack.ts'

/** The record that a page has in it. */
export interface PageRecord {
  data: PageData
  table: LineTable
  texts: LineTexts
  rows: CommandRow[]
}

/** Reads the record out of the page. The texts stay packed until they are asked for; `onFailure` hears what goes wrong then. */
export async function readPageRecord(page: Document, onFailure: (error: unknown) => void): Promise<PageRecord> {
  const data = JSON.parse(page.getElementById('data')?.textContent ?? '') as PageData
  const table = new LineTable(data.keptLines, 2 * data.commands.length)
  for (const element of page.querySelectorAll('script.index')) {
    table.append(await unpack(element.textContent))
    element.remove()
  }
  const blocks = [...page.querySelectorAll('script.texts')]
  const texts = new LineTexts(
    table,
    blocks.map((element) => () => element.textContent),
    onFailure,
  )
  const lanes = table.lanes().map((times, lane) => {
    const omitted = data.omitted.lanes.find((one) => one.lane === lane)
    return new Lane(times, omitted && new OmittedCounts(data.omitted.slotMs, omitted))
  })
  const rows = data.commands.flatMap((command, row) => {
    const [stdout, stderr] = [lanes[2 * row], lanes[2 * row + 1]]
    return stdout === undefined || stderr === undefined ? [] : [new CommandRow(command, stdout, stderr)]
  })
  return { data, table, texts, rows }
}
