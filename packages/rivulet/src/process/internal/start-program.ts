import { spawn, type ChildProcess } from 'node:child_process'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SpawnError } from '../errors.ts'
import type { RunOptions } from '../run-options.ts'

/** Starts a program in a process group of its own. What the system refuses at once is thrown as `SpawnError`. */
export function startProgram(command: readonly string[], options: RunOptions): ChildProcess {
  const [file = '', ...args] = command
  try {
    return spawn(file, args, {
      cwd: options.cwd,
      env: options.env === undefined ? process.env : { ...options.env },
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    })
  } catch (error) {
    throw spawnError(command, options, error as NodeJS.ErrnoException)
  }
}

export function spawnError(command: readonly string[], options: RunOptions, error: NodeJS.ErrnoException): SpawnError {
  const code = error.code ?? 'UNKNOWN'
  return new SpawnError(command, code, why(code, command, options, error), error)
}

function why(code: string, command: readonly string[], options: RunOptions, error: Error): string {
  const cwd = options.cwd
  if (cwd !== undefined && ['ENOENT', 'ENOTDIR', 'EACCES'].includes(code)) {
    const problem = cwdProblem(cwd)
    if (problem !== undefined) return problem
  }
  if (code === 'ENOENT') return command[0]?.includes('/') === true ? 'there is no such file' : 'not found on PATH'
  if (code === 'EACCES') return 'it is not executable, or may not be run by this user'
  if (code === 'E2BIG') return 'its arguments and environment are too long for the system; pass less, or use input'
  if (code === 'EMFILE' || code === 'ENFILE') return 'too many files are open; run fewer programs at once'
  if (code === 'EAGAIN') return 'too many processes are running; run fewer programs at once'
  if (code === 'ERR_INVALID_ARG_VALUE') return 'its file, arguments, cwd or environment hold a NUL byte'
  return error.message
}

function cwdProblem(cwd: string | URL): string | undefined {
  const path = typeof cwd === 'string' ? cwd : fileURLToPath(cwd)
  try {
    return statSync(path).isDirectory() ? undefined : `its cwd '${path}' is no directory`
  } catch {
    // Whatever the reason: it cannot be used.
    return `its cwd '${path}' does not exist or cannot be entered`
  }
}
