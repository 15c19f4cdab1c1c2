/** Something that is typed, and what a person then sees. */
export interface Step {
  command: string
  /** The lines that are printed, and `^C` where that is pressed. */
  wanted: string[]
}

/** A block in which something is typed. */
export interface Console {
  steps: Step[]
  /** The words behind `console`. */
  words: string[]
  /** Where it is in its page. */
  line: number
  /** What is typed first. */
  first: string
}

/** What a page wants to be saved and typed. */
export interface Guide {
  consoles: Console[]
  files: { name: string; text: string }[]
  /** Where blocks begin that are neither, and do not say so. */
  strayLines: number[]
}

const fileName = /^(?:#|\/\/) ([\w.-]+\.[a-z]+)$/

/** Reads a page. A file has its name in its first line, as a comment. */
export function readGuide(page: string): Guide {
  const guide: Guide = { consoles: [], files: [], strayLines: [] }
  for (const { 1: info = '', 2: text = '', index } of page.matchAll(/^```(.*)\n([^]*?)^```$/gm)) {
    const [language, ...words] = info.split(' ')
    const line = page.slice(0, index).split('\n').length
    const name = fileName.exec(text.slice(0, text.indexOf('\n')))?.[1]
    if (language === 'console') {
      const steps = readSteps(text)
      guide.consoles.push({ steps, words, line, first: steps[0]?.command.split('\n')[0] ?? '' })
    } else if (name !== undefined) guide.files.push({ name, text })
    else if (!words.includes('not-run')) guide.strayLines.push(line)
  }
  return guide
}

/** `$ ` stands before what is typed, `> ` before the lines on which that goes on. */
function readSteps(text: string): Step[] {
  const steps: Step[] = []
  for (const line of text.trimEnd().split('\n')) {
    const last = steps.at(-1)
    if (line.startsWith('$ ')) steps.push({ command: line.slice(2), wanted: [] })
    else if (last === undefined) throw new Error(`Nothing is typed before '${line}'`)
    else if (line.startsWith('> ') && last.wanted.length === 0) last.command += `\n${line.slice(2)}`
    else last.wanted.push(line)
  }
  return steps
}
