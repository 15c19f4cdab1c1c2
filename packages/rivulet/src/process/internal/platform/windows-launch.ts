import { existsSync } from 'node:fs'
import { SpawnError } from '../../errors.ts'
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
  exists: (path: string) => boolean = existsSync,
): Launch {
  const [file = '', ...args] = command
  const found = findProgram(file, { cwd, env }, exists)
  if (found === undefined || !/\.(?:cmd|bat)$/i.test(found)) {
    return { file: found ?? file, args, options: { detached: false, windowsHide: true } }
  }
  const line = batchLine(found, args)
  if (line === undefined) {
    const code = 'ERR_UNSAFE_BATCH_ARGUMENTS'
    const why = `'${found}' is a batch file, and its path or an argument has a character that cmd.exe may take for its own; run the program that it calls`
    throw new SpawnError(command, code, why, new Error('Arguments of a batch file cannot be quoted with certainty'))
  }
  return {
    file: valueOf(env, 'ComSpec') ?? 'cmd.exe',
    args: ['/d', '/s', '/c', line],
    options: { detached: false, windowsHide: true, windowsVerbatimArguments: true },
  }
}
