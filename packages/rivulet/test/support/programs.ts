import { run, type Run, type RunOptions, type RunStatus } from '../../src/process/index.ts'
import { until } from './processes.ts'

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

/** The order that runs have which ask for none: the tests are run once with each way of starting programs. */
export const orderOfRuns = (process.env.RIVULET_TEST_ORDER ?? 'arrival') as RunStatus['order']

/** Resolves when a run that was begun has its program, with its id. */
export async function startedPid(child: Run): Promise<number> {
  let pid: number | undefined
  await until(() => (pid = child.pid) !== undefined)
  return pid!
}
