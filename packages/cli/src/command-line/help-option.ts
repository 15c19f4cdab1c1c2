import type { Switch } from './option.ts'

/** What every command has. */
export const helpOption: Switch = {
  kind: 'switch',
  name: 'help',
  short: 'h',
  summary: 'show this help',
  detail: 'Show how to use the command.',
}
