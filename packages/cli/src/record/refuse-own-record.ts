import { fstatSync } from 'node:fs'
import { recordStats } from './record-stats.ts'

/** Throws where our stdout or stderr is the record itself: we would read what we write, and spoil the record. */
export async function refuseOwnRecord(path: string): Promise<void> {
  const record = await recordStats(path)
  if (record?.isFile() !== true) return
  for (const [descriptor, name] of ['stdout', 'stderr'].entries()) {
    const { dev, ino } = fstatSync(descriptor + 1)
    if (dev === record.dev && ino === record.ino) {
      throw new Error(`Cannot write to ${name}: it is the saved run itself; name another file after >`)
    }
  }
}
