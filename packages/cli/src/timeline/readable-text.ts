import { understoodEscapes } from '../present/escapes.ts'
import { visible } from '../text/visible.ts'

const { acting, token } = understoodEscapes

/** A line without its colours, and with whatever else a terminal would act upon written out. */
export function readableText(text: string): string {
  if (!acting.test(text)) return text
  return text.replaceAll(token, (found, _parameters, final: string | undefined) =>
    final === undefined ? visible(found) : '',
  )
}
