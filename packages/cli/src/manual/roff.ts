/** Text of the manual in roff; what is between backticks is bold. */
export function roff(text: string): string {
  return text
    .split('`')
    .map((part, at) => (at % 2 === 1 ? bold(part) : plain(part)))
    .join('')
}

/** Literal words, as they are typed. */
export function bold(words: string): string {
  return `\\fB${plain(words)}\\fR`
}

/** A placeholder. */
export function italic(words: string): string {
  return `\\fI${plain(words)}\\fR`
}

/** Each character as itself: a hyphen can be pasted, and a dot or a quote at the start of a line is no request. */
function plain(text: string): string {
  return text.replaceAll(/[\\\-'`^~]|^\./gm, (character) => special.get(character) ?? character)
}

const special = new Map([
  ['\\', '\\e'],
  ['-', '\\-'],
  ["'", '\\(aq'],
  ['`', '\\(ga'],
  ['^', '\\(ha'],
  ['~', '\\(ti'],
  ['.', '\\&.'],
])
