import type { Switch } from '../option.ts'

/** What every command has. */
export const helpOption: Switch = {
  kind: 'switch',
  name: 'help',
  short: 'h',
  summary: 'this text',
  detail: 'Prints how the command is used.',
}
