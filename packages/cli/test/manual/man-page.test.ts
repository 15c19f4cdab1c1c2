import { execFileSync, spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { flagsOf } from '../../src/command-line/flags.ts'
import { manPage } from '../../src/manual/man-page.ts'
import { bold, roff } from '../../src/manual/roff.ts'
import { optionsOf } from '../../src/command-line/command-spec.ts'
import { specs } from '../../src/commands/commands.ts'
import { manualSections } from '../../src/manual/manual-sections.ts'

/** What a reader sees, without bold and underlining. */
function shown(page: string): string {
  const args = ['-man', '-Tutf8', '-P-c', '-P-b', '-P-u', '-rLL=100n']
  return execFileSync('groff', args, { input: page, encoding: 'utf8' })
}

describe('the manual', () => {
  const page = manPage('1.2.3', specs)
  const text = shown(page)

  test('is set without a warning', () => {
    const { status, stderr } = spawnSync('groff', ['-man', '-ww', '-Tutf8', '-z'], { input: page, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  test('tells of the version', () => {
    expect(text).toMatch(/rivulet 1\.2\.3 .* RIVULET\(1\)\n*$/)
  })

  test.each(specs)('has all of $name', (command) => {
    expect(text).toContain(`rivulet ${command.name} ${command.synopsis}`)
    for (const option of optionsOf(command)) {
      const value = option.kind === 'valued' ? ` ${option.value.placeholder}` : ''
      // What is short has its meaning on the same line.
      const flags = [...flagsOf([option]).keys()].join(', ')
      expect(text).toMatch(new RegExp(`^       ${flags}${value}(?:$|  )`, 'm'))
    }
    for (const { line } of command.examples) expect(text).toContain(`       ${line}\n`)
  })

  test.each(manualSections)('has $heading', ({ heading, terms = [], sample = [] }) => {
    expect(text).toContain(`\n${heading}\n`)
    for (const [term] of terms) expect(text).toMatch(new RegExp(`^       ${term.replace('+', '\\+')}\\b`, 'm'))
    for (const line of sample) expect(text).toContain(`${line}\n`)
  })

  test('has words to type as they can be pasted', () => {
    expect(text).not.toMatch(/[‐−’‘“”]/)
  })
})

describe('roff', () => {
  test.each(['.dot', "'quote", 'a\\fBb', '-- - ^[[2J ~ \\', '.\n.b', "it's", '`'])('shows %j as it is', (words) => {
    const text = words === '`' ? bold('`') : roff(words)
    const lines = shown(`.TH A 1\n.nf\n${text}`).split('\n')
    for (const line of words.split('\n')) expect(lines.map((one) => one.trim())).toContain(line.trim())
  })
})
