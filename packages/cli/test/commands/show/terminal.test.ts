import { expect, test } from 'vitest'
import { Terminal } from '../../support/terminal.ts'
import { epochMs, output, saved, start } from '../../record/support/events.ts'
import { fileWith } from '../../record/support/folder.ts'

const later = output('later\n', { t: epochMs + 3_600_000 })

test('Ctrl-C ends a line that is open, and its colour, and ends a loop of the shell too', async () => {
  const path = fileWith(saved(start(), output('\u001b[31mprompt> '), later))
  const terminal = new Terminal(`for n in 1 2; do rivulet show --color always --speed 1 ${path}; echo "again $?"; done`)
  await terminal.shows('prompt>')
  terminal.type('\u0003')
  expect(await terminal.ended).toBe(130)
  expect(terminal.bytes).toContain('\u001b[31mprompt> \u0003\u001b[0m\r\n')
  expect(terminal.screen.text.trimEnd()).toBe('out | prompt>')
})

test('what is wrong with a record is told on a line of its own', async () => {
  const terminal = new Terminal(`rivulet show ${fileWith(saved(start(), output('partial')))}`)
  expect(await terminal.ended).toBe(1)
  expect(terminal.screen.text).toMatch(/^out \| partial\nrivulet: .*: the end of the run/)
})
