import { visible } from './visible.ts'

/** The most characters of a name that are shown. */
const maxCharacters = 64

/** The name of a command as it is shown: in one line, not too long, and with nothing that a terminal would act upon. */
export function shortName(name: string): string {
  // A character has at most two units: there is no need to look at all of a long name.
  const text = visible(name.slice(0, 2 * maxCharacters + 2)).replaceAll(/\s/g, ' ')
  const characters = Array.from(text)
  return characters.length > maxCharacters ? `${characters.slice(0, maxCharacters - 1).join('')}…` : text
}
