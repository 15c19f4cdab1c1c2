import { afterEach, describe, expect, test, vi } from 'vitest'
import { CleanupTimeoutError } from '../../src/core/errors.ts'
import { suppressedErrors } from '../../src/core/suppressed-errors.ts'
import { withTaskGroup, type TaskGroup } from '../../src/core/task-group.ts'
import { settle } from '../support/turn.ts'

afterEach(() => {
  vi.useRealTimers()
})

/** A task that ends only when it is told to, with the reason it was told. */
function untilStopped(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason)
    })
  })
}

const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'it did not reject',
    (error: unknown) => error,
  )

describe('withTaskGroup()', () => {
  test("resolves to the body's value when every task is done", async () => {
    const log: string[] = []
    const value = await withTaskGroup((group) => {
      void group.spawn(async () => {
        await settle()
        void group.spawn(() => log.push('grandchild'))
        log.push('child')
      })
      return 'value'
    })
    expect({ value, log }).toEqual({ value: 'value', log: ['grandchild', 'child'] })
  })

  test.each([undefined, null, 0, '', new Error('first')])(
    'throws the first failure, %s, and stops the rest',
    async (first) => {
      let toldWith: unknown = 'nothing'
      const error = await rejection(
        withTaskGroup(async (group) => {
          void group.spawn((signal) => untilStopped(signal).catch((reason: unknown) => (toldWith = reason)))
          await settle()
          void group.spawn(() => {
            throw first
          })
          await untilStopped(group.signal)
        }),
      )
      expect(error).toBe(first)
      expect(toldWith).toMatchObject({ name: 'AbortError' })
    },
  )

  test('keeps later failures on the first; the same error seen twice is one', async () => {
    const [first, later] = [new Error('first'), new Error('later')]
    const error = await rejection(
      withTaskGroup(async (group) => {
        void group.spawn((signal) =>
          untilStopped(signal).catch(() => {
            throw later
          }),
        )
        await group.spawn(() => Promise.reject(first))
      }),
    )
    expect(error).toBe(first)
    expect(suppressedErrors(error)).toEqual([later])
  })

  test('stops background tasks when body and foreground tasks are done, and waits for them', async () => {
    let hasStopped = false
    await withTaskGroup((group) => {
      void group.spawnBackground(async (signal) => {
        await untilStopped(signal).catch(() => undefined)
        await settle()
        hasStopped = true
      })
      void group.spawn(settle)
    })
    expect(hasStopped).toBe(true)
  })

  test('a failing background task is a failure as any', async () => {
    const error = new Error('background')
    expect(
      await rejection(
        withTaskGroup(async (group) => {
          void group.spawnBackground(() => Promise.reject(error))
          await untilStopped(group.signal)
        }),
      ),
    ).toBe(error)
  })

  test("throws the caller's very reason after all have settled", async () => {
    const controller = new AbortController()
    let hasSettled = false
    const call = withTaskGroup(
      (group) => {
        void group.spawn(async (signal) => {
          await untilStopped(signal).catch(() => undefined)
          await settle()
          hasSettled = true
        })
      },
      { signal: controller.signal },
    )
    controller.abort(0)
    expect(await rejection(call)).toBe(0)
    expect(hasSettled).toBe(true)
  })

  test('runs nothing when the signal is aborted already', async () => {
    const body = vi.fn()
    expect(await rejection(withTaskGroup(body, { signal: AbortSignal.abort('before') }))).toBe('before')
    expect(body).not.toHaveBeenCalled()
  })

  test('lets go of a task that does not stop within cleanupTimeoutMs, and names it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const call = rejection(
      withTaskGroup(
        (group) => {
          void group.spawnBackground(() => new Promise(() => undefined), { name: 'the deaf one' })
        },
        { cleanupTimeoutMs: 100 },
      ),
    )
    await settle()
    expect(vi.getTimerCount()).toBe(1)
    vi.advanceTimersByTime(100)
    const error = await call
    expect(error).toBeInstanceOf(CleanupTimeoutError)
    expect(error).toMatchObject({ key: 'the deaf one', timeoutMs: 100 })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('leaves no timer and no listener behind', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { signal } = new AbortController()
    const [added, removed] = [vi.spyOn(signal, 'addEventListener'), vi.spyOn(signal, 'removeEventListener')]
    await withTaskGroup(
      (group) => {
        void group.spawnBackground((told) => untilStopped(told))
      },
      { signal },
    )
    expect(vi.getTimerCount()).toBe(0)
    expect(removed).toHaveBeenCalledTimes(added.mock.calls.length)
  })

  test('refuses spawn() after the end', async () => {
    let kept: TaskGroup | undefined
    await withTaskGroup((group) => {
      kept = group
    })
    expect(() => kept?.spawn(() => 1, { name: 'late' })).toThrow(/Cannot spawn late: the task group has ended/)
  })

  test("gives each task's own result, which nobody has to handle", async () => {
    const results: unknown[] = []
    const error = await rejection(
      withTaskGroup(async (group) => {
        results.push(await group.spawn(() => 'sync'), await group.spawn(() => Promise.resolve(undefined)))
        void group.spawn(() => Promise.reject(new Error('nobody looks')))
      }),
    )
    expect(results).toEqual(['sync', undefined])
    expect(error).toMatchObject({ message: 'nobody looks' })
  })
})
