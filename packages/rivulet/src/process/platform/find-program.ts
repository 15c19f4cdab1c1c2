import { win32 } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Place } from './platform.ts'
import { valueOf } from './variable.ts'

/**
 * The file that Windows users mean by a command: searched on PATH, with the endings of PATHEXT. Unlike cmd.exe it does not
 * look in the current folder first, where anyone may have put a program of that name.
 */
export function findProgram(file: string, { cwd, env }: Place, exists: (path: string) => boolean): string | undefined {
  const folder = cwd === undefined ? process.cwd() : typeof cwd === 'string' ? cwd : fileURLToPath(cwd)
  const endings = (valueOf(env, 'PATHEXT') ?? '.COM;.EXE;.BAT;.CMD').split(';').map((ending) => ending.trim())
  const hasEnding = endings.some((ending) => ending !== '' && file.toUpperCase().endsWith(ending.toUpperCase()))
  const names = hasEnding
    ? [file]
    : endings.filter((ending) => ending !== '').map((ending) => file + ending.toLowerCase())
  const isPath = /[\\/:]/.test(file)
  const folders = isPath ? [folder] : entriesOf(valueOf(env, 'PATH') ?? '')
  for (const base of folders) {
    for (const name of names) {
      const path = win32.resolve(folder, base, name)
      if (exists(path)) return path
    }
  }
  return undefined
}

/** The folders of PATH. A semicolon in quotes ends none; an entry that is empty, in quotes too, would be the current folder. */
function entriesOf(path: string): string[] {
  const entries = path.match(/(?:"[^"]*"|[^;"])+/g) ?? []
  return entries.map((entry) => entry.replaceAll('"', '')).filter((entry) => entry !== '')
}
