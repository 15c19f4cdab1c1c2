const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** What XML does not allow even when it is escaped: control characters, lone surrogates and noncharacters. */
const notAllowed = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]|\p{Cs}/gu

/** Escapes text for HTML and for XML, for content as for quoted attributes. */
export function escapeMarkup(text: string): string {
  return text.replaceAll(notAllowed, '\ufffd').replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}
