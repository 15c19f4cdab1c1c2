import { visible } from './visible.ts'

/** What was given, in one line and with nothing in it that a terminal would act upon. */
export function oneLine(text: string): string {
  return visible(text).replaceAll('\n', '^J').replaceAll('\t', '^I')
}
