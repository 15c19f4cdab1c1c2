const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** What XML does not allow, not even escaped: controls, halves of characters, and what is no character. */
const notAllowed = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]|\p{Cs}/gu

/** Text that is shown as it is, in HTML and in XML, as content and in quoted attributes. */
export function escapeMarkup(text: string): string {
  return text.replaceAll(notAllowed, '\ufffd').replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}
