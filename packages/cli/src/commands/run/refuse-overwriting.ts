import { recordStats } from '../../record/record-stats.ts'
import type { RunRequest } from './request.ts'

type Paths = Pick<RunRequest, 'save' | 'input' | 'commandFile'>

/** Throws if the save would overwrite a file that is read, whatever name it has. */
export async function refuseOverwriting({ save, input, commandFile }: Paths): Promise<void> {
  if (save === undefined) return
  for (const [option, path] of [['--input', input] as const, ['--file', commandFile] as const]) {
    if (path !== undefined && (await isSameFile(save, path))) {
      throw new Error(`Cannot save to '${save}': ${option} reads it, and it would be overwritten; name another file`)
    }
  }
}

async function isSameFile(save: string, read: string): Promise<boolean> {
  // For a save, `-` is a file of that name.
  const [one, other] = [await recordStats(save === '-' ? './-' : save), await recordStats(read)]
  return one?.isFile() === true && one.dev === other?.dev && one.ino === other.ino
}
