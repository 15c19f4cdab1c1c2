import { run, type Run, type RunOptions } from '../../src/process/index.ts'

/** A run of a shell script. */
export function shell(script: string, options: RunOptions = {}): Run {
  return run('sh', ['-c', script], options)
}

export async function readAll<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of stream) items.push(item)
  return items
}

/** What a promise rejects with; one that does not reject is an error. */
export function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('Expected a rejection')
    },
    (error: unknown) => error,
  )
}
