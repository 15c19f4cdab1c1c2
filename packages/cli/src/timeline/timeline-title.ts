import { countText } from './drawing/count-text.ts'
import type { CommandData } from './page-data.ts'

const longestNames = 60

/** What a timeline is called where nobody gave it a title. */
export function timelineTitle(commands: readonly CommandData[]): string {
  const [first] = commands
  if (first === undefined) return 'Nothing recorded'
  if (commands.length === 1) return first.command === '' ? first.name : first.command
  const names = commands.map(({ name }) => name)
  let shown = names.length
  while (shown > 1 && names.slice(0, shown).join(', ').length > longestNames) shown--
  const more = names.length - shown
  return `${names.slice(0, shown).join(', ')}${more === 0 ? '' : ` and ${countText(more, 'more command')}`}`
}
