import { ownFailure } from '../exit-code.ts'
import { OutputError } from './output-error.ts'
import { reportError } from './report-error.ts'

/** Writes to our stdout, and gives the exit code. It is no failure that our reader has left, as `head` does. */
export function print(text: string): Promise<number> {
  return new Promise((resolve) => {
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return resolve(0)
      reportError(new OutputError('stdout', error))
      resolve(ownFailure)
    })
    process.stdout.write(text, (error) => {
      if (error === undefined || error === null) resolve(0)
    })
  })
}
