import { accessSync, statSync } from 'node:fs'
import { win32 } from 'node:path'
import { SpawnError } from '../errors.ts'
import { batchLine } from './batch-line.ts'
import { findProgram } from './find-program.ts'
import type { Launch, Place } from './platform.ts'
import { valueOf } from './variable.ts'

/**
 * Finds the program as a user of Windows expects, `npm` as `npm.cmd`, and hands it to no shell, unless it is a batch file,
 * which only a shell can run: then only with arguments that cannot mean anything to that shell.
 */
export function windowsLaunch(
  command: readonly string[],
  { cwd, env }: Place,
  exists: (path: string) => boolean = isFile,
): Launch {
  const [file = '', ...args] = command
  const found = findProgram(file, { cwd, env }, exists)
  if (found === undefined && !/[\\/:]/.test(file)) {
    // Handed on, it would be looked for in the current folder after all.
    throw new SpawnError(command, 'ENOENT', 'not found on PATH', new Error(`No ${file} in any folder of PATH`))
  }
  const program = found ?? file
  // Dots and spaces at the end of a name are dropped by the system.
  if (!/\.(?:cmd|bat)[. ]*$/i.test(program)) {
    return { file: program, args, options: { detached: false, windowsHide: true } }
  }
  const line = batchLine(program, args)
  if (line === undefined) {
    const code = 'ERR_UNSAFE_BATCH_ARGUMENTS'
    const why = `'${program}' is a batch file, and its line is too long or has a character that cmd.exe may take for its own; run the program that it calls`
    throw new SpawnError(command, code, why, new Error('Arguments of a batch file cannot be quoted with certainty'))
  }
  return {
    file: valueOf(env, 'ComSpec') ?? win32.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'cmd.exe'),
    args: ['/d', '/s', '/c', line],
    options: { detached: false, windowsHide: true, windowsVerbatimArguments: true },
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') return false
  }
  try {
    // What the Store installs is there and runs, but Node cannot follow it to its status.
    accessSync(path)
    return true
  } catch {
    return false
  }
}
