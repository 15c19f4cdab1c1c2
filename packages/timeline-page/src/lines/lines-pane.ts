import { elapsedText } from '../drawing/time-text.ts'
import { element } from '../element.ts'
import type { PageRecord } from '../record/page-record.ts'
import { VirtualRows } from './virtual-rows.ts'

/** The height of a line, as in the style sheet. */
const rowPx = 20
/** Lines drawn above and below the view, so that none is missing while it scrolls. */
const spareRows = 6

/** All lines in the order in which they came. Only those in view have elements. */
export class LinesPane {
  readonly #scroller: HTMLElement
  readonly #list: HTMLElement
  readonly #record: PageRecord
  readonly #virtual: VirtualRows
  readonly #onSelect: (id: number) => void
  readonly #onScroll: (firstMs: number) => void
  readonly #hasNames: boolean
  /** The elements of the lines, by id. */
  readonly #rows = new Map<number, HTMLElement>()
  #selected: number | undefined
  /** Counts the drawings, so that one that had to wait for texts does not undo a later one. */
  #drawn = 0

  constructor(
    scroller: HTMLElement,
    record: PageRecord,
    onSelect: (id: number) => void,
    onScroll: (firstMs: number) => void,
  ) {
    this.#scroller = scroller
    this.#record = record
    this.#onSelect = onSelect
    this.#onScroll = onScroll
    this.#hasNames = record.rows.length > 1
    this.#virtual = new VirtualRows(record.table.length, rowPx)
    this.#list = element('ol', 'lines-list')
    const longestName = record.rows.reduce((most, { data }) => Math.max(most, data.name.length), 0)
    this.#list.style.setProperty('--who', `${longestName}ch`)
    const space = element('div', 'lines-space', this.#list)
    space.style.height = `${this.#virtual.totalPx}px`
    scroller.append(space)
    scroller.addEventListener('scroll', () => void this.#draw())
    new ResizeObserver(() => void this.#draw()).observe(scroller)
    this.#list.addEventListener('click', (event) => {
      const row = event.target instanceof Element ? event.target.closest('li') : null
      if (row !== null) this.#onSelect(row.value - 1)
    })
  }

  /** Marks the line and scrolls to it. */
  select(id: number): void {
    this.#selected = id
    const { clientHeight, scrollTop } = this.#scroller
    const top = this.#virtual.topRow(scrollTop, clientHeight)
    const isInView = id >= top && id + 1 <= top + clientHeight / rowPx
    // Two lines of what came before stay in view.
    if (!isInView) this.#scroller.scrollTop = this.#virtual.scrollPxOf(Math.max(0, id - 2), clientHeight)
    void this.#draw()
  }

  async #draw(): Promise<void> {
    const drawn = ++this.#drawn
    const { table, texts } = this.#record
    const { scrollTop, clientHeight } = this.#scroller
    const top = this.#virtual.topRow(scrollTop, clientHeight)
    const first = Math.max(0, Math.floor(top) - spareRows)
    const end = Math.min(table.length, Math.ceil(top + clientHeight / rowPx) + spareRows)
    const ids = Array.from({ length: end - first }, (_, at) => first + at)
    if (ids.some((id) => texts.peek(id) === undefined)) {
      await texts.load(ids)
      if (drawn !== this.#drawn) return
    }
    this.#keep(first, end)
    this.#list.style.transform = `translateY(${scrollTop - (top - first) * rowPx}px)`
    if (table.length > 0) this.#onScroll(table.msOf(Math.min(Math.round(top), table.length - 1)))
  }

  /** Has elements for these lines and no others. Those that stay are not touched, since somebody may have selected their text. */
  #keep(first: number, end: number): void {
    for (const [id, row] of this.#rows) {
      if (id >= first && id < end) continue
      row.remove()
      this.#rows.delete(id)
    }
    const next = this.#list.firstChild
    const nextId = Math.min(...this.#rows.keys())
    for (let id = first; id < end; id++) {
      const kept = this.#rows.get(id)
      const row = kept ?? this.#row(id)
      row.classList.toggle('selected', id === this.#selected)
      if (kept !== undefined) continue
      this.#rows.set(id, row)
      this.#list.insertBefore(row, id < nextId ? next : null)
    }
  }

  #row(id: number): HTMLElement {
    const { table, texts, rows } = this.#record
    const lane = table.laneOf(id)
    const isOut = lane % 2 === 0
    const name = this.#hasNames ? (rows[lane >> 1]?.data.name ?? '') : ''
    const cutBytes = table.cutBytesOf(id)
    const row = element(
      'li',
      'line',
      element('span', 'at', elapsedText(table.msOf(id), 1)),
      ...(this.#hasNames ? [element('span', 'who', name)] : []),
      element(
        'span',
        isOut ? 'stream out' : 'stream err',
        `${isOut ? 'out' : 'err'} ${table.isContinued(id) ? '+' : '|'}`,
      ),
      element('span', 'text', texts.peek(id) ?? ''),
      ...(cutBytes > 0 ? [element('span', 'cut', `… ${cutBytes} more bytes`)] : []),
    )
    row.value = id + 1
    row.ariaSetSize = String(table.length)
    return row
  }
}
