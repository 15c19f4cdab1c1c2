import { recordStats } from '../record/record-stats.ts'
import type { RunRequest } from '../run-request.ts'

type Read = Pick<RunRequest, 'save' | 'input' | 'commandFile'>

/** Throws where the save would overwrite what is to be read: by whatever name it is known. */
export async function refuseOverwriting({ save, input, commandFile }: Read): Promise<void> {
  if (save === undefined) return
  for (const [option, path] of [['--input', input] as const, ['--file', commandFile] as const]) {
    if (path !== undefined && (await isSameFile(save, path))) {
      throw new Error(
        `Cannot save to '${save}': it is what ${option} reads, and would be overwritten; name another file`,
      )
    }
  }
}

async function isSameFile(save: string, read: string): Promise<boolean> {
  // A save to `-` is one to a file of that name.
  const [one, other] = [await recordStats(save === '-' ? './-' : save), await recordStats(read)]
  return one?.isFile() === true && one.dev === other?.dev && one.ino === other.ino
}
