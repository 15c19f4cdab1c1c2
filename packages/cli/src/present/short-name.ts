import { visible } from './visible.ts'

/** The most characters of a name that are shown. */
const mostCharacters = 64

/** The name of a command as it is shown: in one line, not too long, and with nothing that a terminal would act upon. */
export function shortName(name: string): string {
  // No character has more than two units: of a long name not all has to be looked at.
  const text = visible(name.slice(0, 2 * mostCharacters + 2)).replaceAll(/\s/g, ' ')
  const characters = Array.from(text)
  return characters.length > mostCharacters ? `${characters.slice(0, mostCharacters - 1).join('')}…` : text
}
