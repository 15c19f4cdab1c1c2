import type { PageData } from '../page-data.ts'
import { CommandRow } from './command-row.ts'
import { Lane } from './lane.ts'
import { LineTable } from './line-table.ts'
import { Texts } from './texts.ts'
import { UnkeptCounts } from './unkept-counts.ts'
import { unpacked } from './unpacked.ts'

/** The record that a page has within it. */
export interface PageRecord {
  data: PageData
  table: LineTable
  texts: Texts
  rows: CommandRow[]
}

/** Reads it out of the page. The texts of the lines stay packed; what goes wrong when they are unpacked later is told. */
export async function readPageRecord(page: Document, onFailure: (error: unknown) => void): Promise<PageRecord> {
  const data = JSON.parse(page.getElementById('data')?.textContent ?? '') as PageData
  const table = new LineTable(data.keptLines, 2 * data.commands.length)
  for (const element of page.querySelectorAll('script.index')) {
    table.append(await unpacked(element.textContent))
    element.remove()
  }
  const blocks = [...page.querySelectorAll('script.texts')]
  const texts = new Texts(
    table,
    blocks.map((element) => () => element.textContent),
    onFailure,
  )
  const lanes = table.lanes().map((times, lane) => {
    const unkept = data.unkept.lanes.find((one) => one.lane === lane)
    return new Lane(times, unkept && new UnkeptCounts(data.unkept.slotMs, unkept))
  })
  const rows = data.commands.flatMap((command, row) => {
    const [stdout, stderr] = [lanes[2 * row], lanes[2 * row + 1]]
    return stdout === undefined || stderr === undefined ? [] : [new CommandRow(command, stdout, stderr)]
  })
  return { data, table, texts, rows }
}
