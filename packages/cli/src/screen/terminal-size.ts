/** A terminal's size, in characters. */
export interface TerminalSize {
  columns: number
  rows: number
}

/** What is taken where nobody knows. */
export const usualSize: TerminalSize = { columns: 80, rows: 24 }

/** The size of a terminal. One that has not been told of its size, as at a serial line, says that it is nothing. */
export function terminalSize({ columns, rows }: Partial<TerminalSize>): TerminalSize {
  const isKnown = columns !== undefined && columns > 0 && rows !== undefined && rows > 0
  return isKnown ? { columns, rows } : usualSize
}
