import { isGzip } from './gzip-header.ts'
import type { GzipMembers } from './gzip-members.ts'

/**
 * Gives what is compressed in these chunks, or the chunks themselves where they are not gzip: told by their first two
 * bytes. Several members one after the other are read as one, as gzip has it. What can be
 * read before an error is given before it is thrown: all of it where the data is cut or something else follows it, all but
 * 16 KiB at most where it is damaged.
 */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let start = Buffer.alloc(0)
  let members: GzipMembers | undefined
  let isPlain = false
  try {
    for await (const chunk of chunks) {
      if (isPlain) yield chunk
      else if (members !== undefined) yield* members.push(chunk)
      else {
        start = Buffer.concat([start, chunk])
        if (start.length < 2) continue
        if (isGzip(start)) {
          // Most records are not compressed, and what is not loaded takes no time.
          members = new (await import('./gzip-members.ts')).GzipMembers()
          yield* members.push(start)
        } else {
          isPlain = true
          yield start
        }
      }
    }
    if (members !== undefined) yield* members.end()
    else if (!isPlain && start.length > 0) yield start
  } finally {
    members?.destroy()
  }
}
