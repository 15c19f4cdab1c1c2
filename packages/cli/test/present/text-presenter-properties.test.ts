import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CommandEvent } from '../../src/command-event.ts'
import type { PresenterStyle } from '../../src/present/presenter-style.ts'
import { pipe, terminal } from '../support/defaults.ts'
import { err, out, presented } from '../support/presented.ts'

const esc = '\u001b'
const fragments = [
  ...['a', 'b', 'é', '😀', ' ', '|', '+', '\t', '1', ';', 'm', 'K', 'G', '[', ']'],
  ...['\n', '\n', '\r', '\r\n', '\0', '\u0007', '\b', '\u007f', '\u009b', '\u202e', '\u2028'],
  ...[esc, `${esc}[`, `${esc}[3`, `${esc}[0m`, `${esc}[m`, `${esc}[1m`, `${esc}[31m`, `${esc}[39;44m`, `${esc}[22;49m`],
  ...[`${esc}[K`, `${esc}[2K`, `${esc}[1G`, `${esc}[2J`, `${esc}]0;t\u0007`, `${esc}c`],
]
const text = fc
  .array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'binary', maxLength: 3 })))
  .map((all) => {
    return all.join('')
  })
/** Where to cut a text, each as a part of its length. */
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 })
const style = fc.record({
  base: fc.constantFrom(pipe, terminal),
  format: fc.constantFrom('text', 'plain'),
  color: fc.constantFrom('always', 'never'),
  ansi: fc.constantFrom('colors', 'pass'),
})
const styles = style.map(({ base, ...rest }): PresenterStyle => ({ ...base, ...rest }))

const colors = new RegExp(`${esc}\\[[\\d;:]{0,128}m`, 'g')
const redraws = new RegExp(`\\r(?:out|err) \\| |${esc}\\[K`, 'g')

function cut(whole: string, at: number[]): string[] {
  const places = [0, ...at.map((part) => Math.floor(part * whole.length)).sort((a, b) => a - b), whole.length]
  return places.slice(1).map((place, index) => whole.slice(places[index], place))
}

/** The lines of each stream, those joined that go on behind a `+`. */
function linesOf(shownText: string): { out: string[]; err: string[] } {
  const lines = { out: [] as string[], err: [] as string[] }
  for (const line of shownText.split('\n').slice(0, -1)) {
    const stream = lines[line.slice(0, 3) as 'out' | 'err']
    if (line[4] === '+') stream.push(`${stream.pop()!}${line.slice(6)}`)
    else stream.push(line.slice(6))
  }
  return lines
}

describe('however the text is cut into events', () => {
  test('the same is written', () => {
    fc.assert(
      fc.property(text, cuts, styles, (whole, at, chosen) => {
        expect(presented(chosen, ...cut(whole, at).map((data) => out(data)))).toBe(presented(chosen, out(whole)))
      }),
      { numRuns: 1000 },
    )
  })

  test('and whatever comes between, the lines are the same', () => {
    const plain = { ...pipe, format: 'plain' } as const
    fc.assert(
      fc.property(text, cuts, text, cuts, fc.array(fc.boolean()), (first, firstCuts, second, secondCuts, order) => {
        const outs = cut(first, firstCuts).map((data) => out(data))
        const errs = cut(second, secondCuts).map((data) => err(data))
        const mixed: CommandEvent[] = []
        for (const isOut of order) mixed.push(...(isOut ? outs : errs).splice(0, 1))
        expect(linesOf(presented(plain, ...mixed, ...outs, ...errs))).toEqual({
          out: linesOf(presented(plain, out(first))).out,
          err: linesOf(presented(plain, err(second))).err,
        })
      }),
      { numRuns: 1000 },
    )
  })
})

describe('whatever the program prints', () => {
  test('no control comes out but newlines, tabs, and at terminals our colours, \\r and the erasing behind it', () => {
    const harmless = styles.filter(({ format, ansi }) => format === 'plain' || ansi === 'colors')
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), text), { maxLength: 6 }), harmless, (parts, chosen) => {
        let rest = presented(chosen, ...parts.map(([isOut, data]) => (isOut ? out(data) : err(data))))
        if (chosen.format === 'text') {
          if (chosen.color === 'always') rest = rest.replaceAll(colors, '')
          if (chosen.isStdoutTerminal) rest = rest.replaceAll(redraws, '')
        }
        expect(rest).not.toMatch(/[^\P{Cc}\n\t]|[\u2028-\u202e\u2066-\u2069]/u)
      }),
      { numRuns: 1000 },
    )
  })

  test('every character is accounted for', () => {
    const written = (character: string): string => {
      const code = character.codePointAt(0)!
      if (code >= 0x80) return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
      return code === 0x7f ? '^?' : `^${String.fromCodePoint(code + 0x40)}`
    }
    const understood = new RegExp(`${esc}\\[(?:[\\d;:]{0,128}m|0*2?K|0*1?G)`, 'g')
    /** The same by other means: one replacement after another over the whole text. */
    const expected = (whole: string): string[] => {
      const sequences = whole.replaceAll(understood, (sequence) => (/2K$|G$/.test(sequence) ? '\r' : ''))
      const lines = sequences
        .replaceAll(/\r+\n/g, '\n')
        .replaceAll(/(^|\n)\r+/g, '$1')
        .replaceAll(/\r+/g, '\n')
      const visible = lines.replaceAll(/[^\P{Cc}\n\t]|[\u2028-\u202e\u2066-\u2069]/gu, written)
      return visible.replace(/\n$/, '').split('\n')
    }
    fc.assert(
      fc.property(text, (whole) => {
        const lines = linesOf(presented({ ...pipe, format: 'plain' }, out(whole))).out
        expect(lines.join('\n')).toBe(expected(whole).join('\n'))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('colours', () => {
  test('never reach a mark, nor the next line', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), text), { maxLength: 6 }), (parts) => {
        const chosen = { ...terminal, color: 'always', prefix: ': ' } as const
        const written = presented(chosen, ...parts.map(([isOut, data]) => (isOut ? out(data) : err(data))))
        for (const line of written.split(/[\n\r]/)) {
          const changes = line.match(colors) ?? []
          expect(changes.at(-1) ?? `${esc}[0m`).toBe(`${esc}[0m`)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('are for each character those that the program meant', () => {
    const looked = new RegExp(`${esc}\\[([\\d;]*)m|[^\\n]`, 'g')
    const codes = ['', '0', '1', '22', '31', '39', '44', '49', '1;31', '0;44', '39;1']
    const part = fc.oneof(
      fc.constantFrom('a', 'b', '\n', '\t'),
      fc.constantFrom(...codes).map((code) => `${esc}[${code}m`),
    )
    /** Each character with its weight, colour and background. */
    const looks = (written: string): string[] => {
      let look = { weight: '', color: '', background: '' }
      const seen: string[] = []
      for (const [token, parameters] of written.matchAll(looked)) {
        if (parameters === undefined) seen.push([token, look.weight, look.color, look.background].join())
        for (const code of parameters?.split(';') ?? []) {
          if (Number(code) === 0) look = { weight: '', color: '', background: '' }
          else if (code === '1' || code === '22') look = { ...look, weight: code === '1' ? code : '' }
          else if (code === '31' || code === '39') look = { ...look, color: code === '31' ? code : '' }
          else look = { ...look, background: code === '44' ? code : '' }
        }
      }
      return seen
    }
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const whole = parts.join('')
        expect(looks(presented({ ...pipe, color: 'always', prefix: '' }, out(whole)))).toEqual(looks(whole))
      }),
      { numRuns: 1000 },
    )
  })
})
