/**
 * A promise whose waiting an abort ends without a trace. `wait` enters the waiting and gives the way to withdraw from it.
 */
export function withdrawable<T>(
  signal: AbortSignal | undefined,
  wait: (resolve: (value: T) => void, reject: (error: unknown) => void) => () => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => {
      withdraw()
      settled()
      reject(signal?.reason)
    }
    const settled = (): void => {
      signal?.removeEventListener('abort', onAbort)
    }
    const withdraw = wait(
      (value) => {
        settled()
        resolve(value)
      },
      (error) => {
        settled()
        reject(error)
      },
    )
    signal?.addEventListener('abort', onAbort)
  })
}
