import { visible } from './visible.ts'

/** What we say ourselves, beside what programs print: which command says it comes first. */
export function ownMessage(text: string): string {
  return `rivulet: ${visible(text)}`
}
