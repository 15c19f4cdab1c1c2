import { closeSync, openSync, readSync } from 'node:fs'
import { UsageError } from '../../../command-line/usage-error.ts'
import { quoted } from '../../../text/quoted.ts'
import { systemError } from '../../../text/system-error.ts'

/** A command file is written by hand; anything larger is some other file. */
const maxBytes = 1024 * 1024

const reasons = new Map([['ERR_ENCODING_INVALID_ENCODED_DATA', 'it is not UTF-8 text']])

/** The text of a command file, `-` for our own stdin. Throws a `UsageError` that says why it cannot be read. */
export function readCommandFile(path: string): string {
  const shown = path === '-' ? 'our stdin' : quoted(path)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readBytes(path, shown))
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`cannot read --file ${shown}: ${systemError(error, reasons).why}`)
  }
}

function readBytes(path: string, shown: string): Uint8Array {
  const descriptor = path === '-' ? 0 : openSync(path, 'r')
  try {
    const bytes = new Uint8Array(maxBytes + 1)
    let length = 0
    for (let read = -1; read !== 0; length += read)
      read = readSync(descriptor, bytes, length, bytes.length - length, null)
    if (length > maxBytes) throw new UsageError(`--file ${shown} is larger than 1 MiB, the most of a command file`)
    return bytes.subarray(0, length)
  } finally {
    if (descriptor !== 0) closeSync(descriptor)
  }
}
