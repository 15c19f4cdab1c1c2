/** One way in which text looks. */
interface Look {
  code: number
  /** The parameters that set it; those of a colour are several. */
  parameters: string
  /** The code that ends it. */
  off: number
}

/** All the ways at once, and the SGR parameters that give them to plain text. */
interface Style {
  looks: readonly Look[]
  parameters: string
}

const reset = 0
const weightOff = 22
const underlineOff = 24
/** The most changes that are remembered before they are forgotten, and remembered anew. */
const maxKnownChanges = 512

/** How text looks after the SGR sequences that came before it, such as bold or red; short, however many came. */
export class TextStyle {
  #style: Style = { looks: [], parameters: '' }
  /** A program goes back and forth between few styles. */
  readonly #knownChanges = new Map<string, Style>()

  /** The SGR parameters that give plain text this look; empty where plain is how it looks. */
  get parameters(): string {
    return this.#style.parameters
  }

  /** Takes up the parameters of one more sequence. What is not known has no effect. */
  apply(parameters: string): void {
    const change = `${this.#style.parameters} ${parameters}`
    const known = this.#knownChanges.get(change)
    this.#style = known ?? styleOf(looksAfter(this.#style.looks, parameters.split(';')))
    if (known !== undefined) return
    if (this.#knownChanges.size === maxKnownChanges) this.#knownChanges.clear()
    this.#knownChanges.set(change, this.#style)
  }
}

function styleOf(looks: readonly Look[]): Style {
  return { looks, parameters: looks.map(({ parameters }) => parameters).join(';') }
}

function looksAfter(before: readonly Look[], parameters: string[]): readonly Look[] {
  let looks = before
  const rest = [...parameters]
  while (rest.length > 0) {
    const parameter = rest.shift() ?? ''
    const code = parameter === '' ? reset : Number.parseInt(parameter, 10)
    const off = offOf(code)
    if (code === reset) looks = []
    else if (isColorOfMany(code) && !parameter.includes(':')) {
      const color = rest.splice(0, colorLength(rest[0]))
      if (color.length > 1) looks = withLook(looks, { code, parameters: [code, ...color].join(';'), off: code + 1 })
    } else if (off === code || parameter === '4:0') looks = looks.filter((look) => look.off !== off)
    else if (off !== undefined) looks = withLook(looks, { code, parameters: parameter, off })
  }
  return looks
}

function withLook(looks: readonly Look[], added: Look): readonly Look[] {
  // Bold and dim are ended together, and yet neither takes the place of the other.
  const isKept = ({ code, off }: Look): boolean => off !== added.off || (off === weightOff && code !== added.code)
  return [...looks.filter(isKept), added]
}

/** Whether the code is followed by a colour: by its number in a palette, or by its red, green and blue. */
function isColorOfMany(code: number): boolean {
  return code === 38 || code === 48 || code === 58
}

function colorLength(kind: string | undefined): number {
  if (Number(kind) === 5) return 2
  return Number(kind) === 2 ? 4 : 1
}

/** The code that ends what this code sets; the same where it ends something; undefined where it is not known. */
function offOf(code: number): number | undefined {
  if (code === 1 || code === 2) return weightOff
  if (code >= 3 && code <= 9) return code === 6 ? 25 : code + 20
  if (code === 21) return underlineOff
  if (code >= 22 && code <= 29 && code !== 26) return code
  if ((code >= 30 && code <= 39) || (code >= 90 && code <= 97)) return 39
  if ((code >= 40 && code <= 49) || (code >= 100 && code <= 107)) return 49
  if (code === 53 || code === 55) return 55
  return code === 58 || code === 59 ? 59 : undefined
}
