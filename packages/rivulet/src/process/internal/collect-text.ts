import type { StreamName } from './stream-name.ts'

/** Reads tagged chunks to their end, and gives each stream's as text. */
export async function collectText(
  chunks: AsyncIterable<[StreamName, Uint8Array]>,
): Promise<Record<StreamName, string>> {
  const parts: Record<StreamName, Uint8Array[]> = { stdout: [], stderr: [] }
  for await (const [name, chunk] of chunks) parts[name].push(chunk)
  return { stdout: textOf(parts.stdout), stderr: textOf(parts.stderr) }
}

/** Chunk by chunk, for a second copy of all the bytes would double what is held. */
function textOf(parts: readonly Uint8Array[]): string {
  const decoder = new TextDecoder()
  let text = ''
  for (const part of parts) text += decoder.decode(part, { stream: true })
  return text + decoder.decode()
}
