const escape = '\u001b'
const unfinished = new RegExp(`${escape}(?:\\[[0-9;?]*)?$`)
const token = new RegExp(`${escape}\\[[0-9;?]*[A-Za-z]|[^]`, 'g')

/** What a person sees on a terminal: the lines, and what stands on them, after all that was written. */
export class TerminalScreen {
  readonly #lines: string[] = ['']
  #row = 0
  #column = 0
  #held = ''

  write(text: string): void {
    const all = this.#held + text
    this.#held = unfinished.exec(all)?.[0] ?? ''
    const whole = all.slice(0, all.length - this.#held.length)
    for (const [found] of whole.matchAll(token)) this.#take(found)
  }

  /** The lines, without blanks at their ends. */
  get lines(): string[] {
    return this.#lines.map((line) => line.trimEnd())
  }

  get text(): string {
    return this.lines.join('\n')
  }

  #take(found: string): void {
    if (found === '\n') this.#row++
    else if (found === '\r') this.#column = 0
    else if (found === '\b') this.#column = Math.max(0, this.#column - 1)
    else if (found === `${escape}[K`) this.#set(this.#line.slice(0, this.#column))
    else if (!found.startsWith(escape) && found >= ' ') {
      this.#set(this.#line.padEnd(this.#column).slice(0, this.#column) + found + this.#line.slice(this.#column + 1))
      this.#column++
    }
  }

  get #line(): string {
    return this.#lines[this.#row] ?? ''
  }

  #set(line: string): void {
    while (this.#lines.length <= this.#row) this.#lines.push('')
    this.#lines[this.#row] = line
  }
}
