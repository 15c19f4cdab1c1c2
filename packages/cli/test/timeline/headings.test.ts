import { describe, expect, test } from 'vitest'
import type { CommandData } from '@rivulet/timeline-page'
import { timelineTitle } from '../../src/timeline/headings.ts'

function called(name: string, command = 'x'): CommandData {
  const none = { lines: 0, bytes: 0 }
  return { name, command, attempts: [], omittedAttempts: 0, stdout: none, stderr: none }
}

describe('a timeline is called', () => {
  test('as its command is typed', () => {
    expect(timelineTitle([called('npm', `npm run 'a b'`)])).toBe(`npm run 'a b'`)
    expect(timelineTitle([called('run', '')])).toBe('run')
  })

  test('by the names of several, as many as there is room for', () => {
    expect(timelineTitle([called('api'), called('web')])).toBe('api, web')
    const many = Array.from({ length: 30 }, (_, at) => called(`command-${at}`))
    expect(timelineTitle(many)).toBe('command-0, command-1, command-2, command-3, command-4 and 25 more commands')
    expect(timelineTitle([called('a'.repeat(100)), called('b')])).toBe(`${'a'.repeat(100)} and 1 more command`)
  })
})
