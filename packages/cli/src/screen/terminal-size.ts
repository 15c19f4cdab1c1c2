/** A terminal's size, in characters. */
export interface TerminalSize {
  columns: number
  rows: number
}

/** The size that is assumed if nobody knows it. */
export const usualSize: TerminalSize = { columns: 80, rows: 24 }

/** The size of a terminal. One that does not know its size, as on a serial line, says that it is 0. */
export function terminalSize({ columns, rows }: Partial<TerminalSize>): TerminalSize {
  const isKnown = columns !== undefined && columns > 0 && rows !== undefined && rows > 0
  return isKnown ? { columns, rows } : usualSize
}
