/** What `rivulet run` is asked to do. */
export interface RunRequest {
  kind: 'run'
  file: string
  args: string[]
  format: Format
  order: Order
  contain: boolean
}

/** How lines of the two streams are ordered. */
export type Order = 'arrival' | 'exact' | 'auto'

/** A way of printing a run. */
export type Format = 'text' | 'jsonl'

/** What the command line asks for. */
export type Request = RunRequest | { kind: 'help' } | { kind: 'refused'; why: string }

/** Reads the arguments. The command begins after `--`, or at the first word that is no option. */
export function parseCommandLine(words: readonly string[]): Request {
  const [verb, ...rest] = words
  if (verb === '--help' || verb === '-h') return { kind: 'help' }
  if (verb === undefined) return refuse('a command is missing')
  if (verb !== 'run') return refuse(`unknown command '${verb}'; did you mean 'run -- ${verb}'?`)
  let format: Format = 'text'
  let order: Order = 'arrival'
  let contain = false
  while (rest.length > 0) {
    const word = rest.shift() ?? ''
    if (word === '--help' || word === '-h') return { kind: 'help' }
    if (word === '--format' || word.startsWith('--format=')) {
      const value = word === '--format' ? rest.shift() : word.slice('--format='.length)
      if (value !== 'text' && value !== 'jsonl') {
        return refuse(`--format must be text or jsonl, not ${value === undefined ? 'nothing' : `'${value}'`}`)
      }
      format = value
      continue
    }
    if (word === '--contain') {
      contain = true
      continue
    }
    if (word === '--order' || word.startsWith('--order=')) {
      const value = word === '--order' ? rest.shift() : word.slice('--order='.length)
      if (value !== 'arrival' && value !== 'exact' && value !== 'auto') {
        return refuse(`--order must be arrival, exact or auto, not ${value === undefined ? 'nothing' : `'${value}'`}`)
      }
      order = value
      continue
    }
    if (word.startsWith('-') && word !== '--') return refuse(`unknown option '${word}'`)
    const [file, ...args] = word === '--' ? rest : [word, ...rest]
    if (file === undefined || file === '') break
    return { kind: 'run', file, args, format, order, contain }
  }
  return refuse('what to run is missing')
}

function refuse(why: string): Request {
  return { kind: 'refused', why }
}
