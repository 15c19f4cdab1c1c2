import { closeSync, openSync, readSync } from 'node:fs'
import { quoted } from './quoted.ts'
import { Refusal } from './refusal.ts'

/** A file of commands is written by hand; what is larger is another file. */
const mostBytes = 1024 * 1024

/** The text of a file of commands, `-` for our own stdin. Throws a `Refusal` that says why it cannot be read. */
export function readCommandFile(path: string): string {
  const shown = path === '-' ? 'our stdin' : quoted(path)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readBytes(path, shown))
  } catch (error) {
    if (error instanceof Refusal) throw error
    const { code, message } = error as NodeJS.ErrnoException
    throw new Refusal(`cannot read --file ${shown}: ${reasons.get(code ?? '') ?? message}`)
  }
}

const reasons = new Map([
  ['ENOENT', 'there is no such file'],
  ['EACCES', 'you may not read it'],
  ['EISDIR', 'it is a folder'],
  ['ERR_ENCODING_INVALID_ENCODED_DATA', 'it is not UTF-8 text'],
])

function readBytes(path: string, shown: string): Uint8Array {
  const descriptor = path === '-' ? 0 : openSync(path, 'r')
  try {
    const bytes = new Uint8Array(mostBytes + 1)
    let length = 0
    for (let read = -1; read !== 0; length += read)
      read = readSync(descriptor, bytes, length, bytes.length - length, null)
    if (length > mostBytes) throw new Refusal(`--file ${shown} is larger than 1 MiB, and so no file of commands`)
    return bytes.subarray(0, length)
  } finally {
    if (descriptor !== 0) closeSync(descriptor)
  }
}
