/** A line, or a piece of one: its text without its end, and how it ended. */
export interface LineRecord {
  text: string
  /** `'cut'`: the line is above `maxLineBytes` and goes on; `'eof'`: the source ended without a newline. */
  end: '\n' | '\r\n' | 'cut' | 'eof'
}
