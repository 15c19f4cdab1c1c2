import { describe, expect, test } from 'vitest'
import { commandHelp, overview } from '../../../src/commands/help/help-text.ts'
import { flagsOf } from '../../../src/command-line/flags.ts'
import { optionsOf } from '../../../src/command-line/command-spec.ts'
import { specs } from '../../../src/commands/commands.ts'
import { splitWords } from '../../../src/commands/run/command-list/split-words.ts'
import { parsed } from '../../support/parsed.ts'

const texts = [
  ...specs.map((command) => ({ name: command.name, text: commandHelp(command) })),
  { name: 'rivulet', text: overview(specs) },
]

describe.each(texts)('the help of $name', ({ name, text }) => {
  const lines = text.split('\n')

  test('fits a screen', () => {
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(lines.length - 1).toBeLessThanOrEqual(name === 'run' ? 40 : 24)
  })

  test('ends with a newline, and no line with a space', () => {
    expect(lines.at(-1)).toBe('')
    expect(lines.filter((line) => line !== line.trimEnd())).toEqual([])
  })

  test('has an example', () => {
    expect(text).toMatch(/^Examples?:\n {2}\S/m)
  })
})

describe.each(specs)('the help of $name', (command) => {
  const text = commandHelp(command)

  test.each(optionsOf(command))('has --$name, its value, and what it is for', (option) => {
    const flag = option.kind === 'switch' && option.isOn === true ? option.opposite : option.name
    const value = option.kind === 'valued' ? ` ${option.value.placeholder}` : ''
    const short = option.short === undefined ? '' : `-${option.short}, `
    const line = text.split('\n').find((one) => one.startsWith(`  ${short}--${String(flag)}${value}  `))
    expect(line).toBeDefined()
    expect(line?.endsWith(option.summary)).toBe(true)
    if (option.kind === 'valued' && option.value.completion.kind === 'choices') {
      for (const choice of option.value.completion.choices) expect(line).toContain(choice)
    }
  })

  test('no two options have the same flag', () => {
    const flags = optionsOf(command).flatMap((option) => [...flagsOf([option]).keys()])
    expect(flags.filter((flag, at) => flags.indexOf(flag) !== at)).toEqual([])
  })

  test.each(command.examples.filter(({ line }) => !/^source|\|/.test(line)))(
    'its example can be parsed: $line',
    ({ line }) => {
      const [first, ...words] = splitWords(line)
      expect(first).toBe('rivulet')
      expect(parsed(words, { 'checks.txt': 'make' }).kind).toBe(command.name)
    },
  )
})

test('the overview has every command', () => {
  for (const { name, summary } of specs) expect(overview(specs)).toContain(`${name.padEnd(12)}${summary}\n`)
})
