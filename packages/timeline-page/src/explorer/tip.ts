import type { CommandRow } from '../record/command-row.ts'
import { element } from '../element.ts'
import type { Finding } from '../chart/finding.ts'
import { endText, findingText, moreText } from './finding-text.ts'
import type { LineTexts } from '../record/line-texts.ts'

/** The distance from the place that it describes, and from the edges of the window. */
const gapPx = 12

/** The box beside the pointer that says what is found there. */
export class Tip {
  readonly #box: HTMLElement
  readonly #texts: LineTexts
  /** Counts what was asked for, so that texts that arrive late are not shown at another place. */
  #shown = 0

  constructor(box: HTMLElement, texts: LineTexts) {
    this.#box = box
    this.#texts = texts
  }

  hide(): void {
    this.#shown++
    this.#box.hidden = true
  }

  async show(row: CommandRow, finding: Finding, x: number, y: number): Promise<void> {
    const shown = ++this.#shown
    // Usually the texts are there already, and showing them at once does not flicker.
    if (finding.kind === 'lines' && finding.ids.some((id) => this.#texts.peek(id) === undefined)) {
      await this.#texts.load(finding.ids)
      if (shown !== this.#shown) return
    }
    this.#box.replaceChildren(...this.#content(row, finding))
    this.#box.hidden = false
    this.#place(x, y)
  }

  /** What it says, for a screen reader. */
  get text(): string {
    return [...this.#box.querySelectorAll(':scope > div, li')].map(({ textContent }) => textContent).join(', ')
  }

  *#content(row: CommandRow, finding: Finding): Generator<Node> {
    const { what, when } = findingText(finding)
    const title = element('div', 'tip-title', element('b', 'name', row.data.name))
    if (finding.kind === 'lines')
      title.append(' ', element('span', finding.stream === 'stdout' ? 'out' : 'err', finding.stream))
    if (when !== '') title.append(' ', element('span', 'when', when))
    yield title
    yield element('div', 'tip-what', what)
    if (finding.kind === 'lines' && finding.ids.length > 0) yield* this.#lines(finding.ids, finding.count)
    if (finding.kind !== 'idle' && finding.ended !== undefined) yield element('div', 'tip-end', endText(finding.ended))
  }

  *#lines(ids: readonly number[], count: number): Generator<Node> {
    yield element('ol', 'tip-lines', ...ids.map((id) => element('li', '', this.#texts.peek(id) ?? '')))
    const more = moreText(count, ids.length)
    if (more !== undefined) yield element('div', 'tip-more', more)
  }

  /** Puts the box beside the place and within the window. */
  #place(x: number, y: number): void {
    const { offsetWidth, offsetHeight, style } = this.#box
    const isLeft = x + gapPx + offsetWidth > innerWidth - gapPx
    const left = isLeft ? x - gapPx - offsetWidth : x + gapPx
    const isAbove = y + gapPx + offsetHeight > innerHeight - gapPx
    const top = isAbove ? y - gapPx - offsetHeight : y + gapPx
    style.left = `${Math.max(gapPx, Math.min(left, innerWidth - gapPx - offsetWidth))}px`
    style.top = `${Math.max(gapPx, Math.min(top, innerHeight - gapPx - offsetHeight))}px`
  }
}
