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
  const folders = isPath ? [folder] : (valueOf(env, 'PATH') ?? '').split(';').filter((entry) => entry !== '')
  for (const base of folders) {
    for (const name of names) {
      const path = win32.resolve(folder, unquoted(base), name)
      if (exists(path)) return path
    }
  }
  return undefined
}

/** Entries of PATH may stand in quotes. */
function unquoted(entry: string): string {
  return entry.replace(/^"(.*)"$/u, '$1')
}
