import { ownFailure } from '../exit-code.ts'
import { OutputError } from '../screen/output-error.ts'
import { tell } from '../screen/tell.ts'

/** Writes to our stdout, and gives the exit code to end with. That our reader has left, as `head` does, is no failure. */
export function print(text: string): Promise<number> {
  return new Promise((resolve) => {
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return resolve(0)
      tell(new OutputError('stdout', error))
      resolve(ownFailure)
    })
    process.stdout.write(text, (error) => {
      if (error === undefined || error === null) resolve(0)
    })
  })
}
