import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SpawnError } from '../errors.ts'

type Cwd = string | URL | undefined

/** Turns what the system or Node said into an error that names what is wrong and what to do. */
export function spawnError(command: readonly string[], cwd: Cwd, error: NodeJS.ErrnoException): SpawnError {
  const code = error.code ?? 'UNKNOWN'
  return new SpawnError(command, code, why(code, command[0] ?? '', cwd, error), error)
}

/** The program was not started because its guard could not be, which would end it if we were killed. */
export function guardError(command: readonly string[], error: NodeJS.ErrnoException): SpawnError {
  const code = error.code ?? 'UNKNOWN'
  const what = code === 'ENOENT' || code === 'EACCES' ? 'there is no /bin/sh that can be run' : limitReached(code)
  return new SpawnError(command, code, `its guard cannot be started: ${what ?? error.message}`, error)
}

function why(code: string, file: string, cwd: Cwd, error: Error): string {
  // The system gives the same code for the folder as for the file.
  const problem = cwd === undefined || !['ENOENT', 'ENOTDIR', 'EACCES'].includes(code) ? undefined : cwdProblem(cwd)
  if (problem !== undefined) return problem
  if (code === 'ENOENT') return missing(file, cwd)
  if (code === 'EACCES') return 'it is not executable, or this user may not run it'
  if (code === 'E2BIG') return 'its arguments and environment are too long for the system; pass less, or use input'
  if (code === 'ERR_INVALID_ARG_VALUE') return 'its file, arguments, cwd or environment contain a NUL byte'
  return limitReached(code) ?? error.message
}

/** The system limit that was reached, and what to do about it; `undefined` if the code means something else. */
export function limitReached(code: string): string | undefined {
  if (code === 'EMFILE' || code === 'ENFILE') return 'too many files are open; run fewer programs at once'
  if (code === 'EAGAIN') return 'too many processes are running; run fewer programs at once'
  return code === 'ENOMEM' ? 'there is not enough memory' : undefined
}

function missing(file: string, cwd: Cwd): string {
  const isPath = process.platform === 'win32' ? /[\\/:]/.test(file) : file.includes('/')
  if (!isPath) return 'not found on PATH'
  const isThere = existsSync(cwd === undefined ? file : resolve(pathOf(cwd), file))
  return isThere ? 'the interpreter that it names does not exist' : 'there is no such file'
}

function cwdProblem(cwd: string | URL): string | undefined {
  const path = pathOf(cwd)
  try {
    if (!statSync(path).isDirectory()) return `its cwd '${path}' is not a directory`
    accessSync(path, constants.X_OK)
    return undefined
  } catch {
    // Whatever the reason: it cannot be used.
    return `its cwd '${path}' does not exist or cannot be entered`
  }
}

function pathOf(cwd: string | URL): string {
  return typeof cwd === 'string' ? cwd : fileURLToPath(cwd)
}
