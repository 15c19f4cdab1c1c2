import { run, SpawnError } from 'rivulet/process'
import { exitCode, ownFailure, startFailureCode } from './exit-code.ts'
import { jsonLines } from './json-lines.ts'
import { Output } from './output.ts'
import type { RunRequest } from './parse-command-line.ts'
import { markedLines } from './marked-lines.ts'

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs the command, prints what it prints, and gives the exit code to end with. */
export async function runCommand({ file, args, format, order, contain }: RunRequest): Promise<number> {
  await using child = run(file, args, { check: false, order, contain })
  const output = new Output(process.stdout)
  // The program has a group of its own, so that a terminal's Ctrl-C reaches only us.
  const forward = (killSignal: NodeJS.Signals): void => void child.kill(killSignal)
  for (const killSignal of forwarded) process.on(killSignal, forward)
  try {
    const texts = format === 'jsonl' ? jsonLines(child) : markedLines(child, useColour())
    for await (const text of texts) {
      // Our reader has left (`| head`): so do we, and the program with us.
      if (!(await output.write(text))) break
    }
    return exitCode(await child.status)
  } catch (error) {
    process.stderr.write(`rivulet: ${error instanceof Error ? error.message : String(error)}\n`)
    return error instanceof SpawnError ? startFailureCode(error) : ownFailure
  } finally {
    for (const killSignal of forwarded) process.off(killSignal, forward)
  }
}

function useColour(): boolean {
  const { NO_COLOR } = process.env
  return process.stdout.isTTY && (NO_COLOR === undefined || NO_COLOR === '')
}
