import { afterEach, describe, expect, test, vi } from 'vitest'
import { CleanupTimeoutError } from '../../src/core/errors.ts'
import { suppressedErrors } from '../../src/core/suppressed-errors.ts'
import { withTaskGroup, type TaskGroup } from '../../src/core/task-group.ts'
import { SignalProbe } from '../support/signal-probe.ts'
import { settle, stateOf } from '../support/turn.ts'
import { collectUnhandled } from '../support/unhandled.ts'

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

  test('a task that throws synchronously is a failure: spawn() itself does not throw', async () => {
    const error = new Error('sync')
    let spawned: Promise<unknown> = Promise.resolve()
    const thrown = await rejection(
      withTaskGroup((group) => {
        spawned = group.spawn(() => {
          throw error
        })
      }),
    )
    expect(thrown).toBe(error)
    expect(await rejection(spawned)).toBe(error)
  })

  test('a body that throws synchronously, before or after it spawned, is waited out as any', async () => {
    const error = new Error('sync body')
    let hasStopped = false
    const thrown = await rejection(
      withTaskGroup((group) => {
        void group.spawn(async (signal) => {
          await untilStopped(signal).catch(() => undefined)
          await settle()
          hasStopped = true
        })
        throw error
      }),
    )
    expect(thrown).toBe(error)
    expect(hasStopped).toBe(true)
  })

  test('does not settle while the body runs, also when all was told to stop long ago', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const error = new Error('task')
    let endBody = (): void => undefined
    const call = rejection(
      withTaskGroup(
        async (group) => {
          void group.spawn(() => Promise.reject(error))
          await new Promise<void>((resolve) => (endBody = resolve))
        },
        { cleanupTimeoutMs: 100 },
      ),
    )
    await settle()
    vi.advanceTimersByTime(1000)
    expect(await stateOf(call)).toBe('pending')
    endBody()
    expect(await call).toBe(error)
    expect(suppressedErrors(error)).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a task spawned while the group stops is started, told to stop already, and waited for', async () => {
    const log: unknown[] = []
    const error = new Error('first')
    const thrown = await rejection(
      withTaskGroup(async (group) => {
        void group.spawn(() => Promise.reject(error))
        await untilStopped(group.signal).catch(() => undefined)
        void group.spawn(async (signal) => {
          log.push(signal.aborted)
          await settle()
          log.push('done')
        })
      }),
    )
    expect(thrown).toBe(error)
    expect(log).toEqual([true, 'done'])
  })

  test('a rejection that is its own abort is no error: the reason, or an AbortError caused by it', async () => {
    const stopped = (wrap: (reason: unknown) => unknown) => (signal: AbortSignal) =>
      untilStopped(signal).catch((reason: unknown) => {
        throw wrap(reason)
      })
    const value = await withTaskGroup((group) => {
      void group.spawnBackground(stopped((reason) => reason))
      void group.spawnBackground(
        stopped((cause) => Object.assign(new Error('aborted', { cause }), { name: 'AbortError' })),
      )
      return 'value'
    })
    expect(value).toBe('value')
  })

  test('an AbortError of another abort is an error as any', async () => {
    const foreign = new DOMException('another', 'AbortError')
    const thrown = await rejection(
      withTaskGroup((group) => {
        void group.spawnBackground((signal) =>
          untilStopped(signal).catch(() => {
            throw foreign
          }),
        )
      }),
    )
    expect(thrown).toBe(foreign)
  })

  test("keeps what fails while it stops on the caller's reason", async () => {
    const probe = new SignalProbe()
    const [reason, error] = [new Error('reason'), new Error('clean-up')]
    const call = withTaskGroup(
      (group) => {
        void group.spawn((signal) => untilStopped(signal))
        void group.spawn((signal) =>
          untilStopped(signal).catch(() => {
            throw error
          }),
        )
      },
      { signal: probe.signal },
    )
    expect(probe.listeners).toBe(1)
    probe.abort(reason)
    expect(await rejection(call)).toBe(reason)
    expect(suppressedErrors(reason)).toEqual([error])
    expect(probe.listeners).toBe(0)
  })

  test("the caller's abort counts also while background tasks are being stopped", async () => {
    const controller = new AbortController()
    const call = withTaskGroup(
      (group) => {
        void group.spawnBackground(async (signal) => {
          await untilStopped(signal).catch(() => undefined)
          controller.abort('late')
          await settle()
        })
      },
      { signal: controller.signal },
    )
    expect(await rejection(call)).toBe('late')
  })

  test("the caller's abort after a failure leaves the failure the one that is thrown", async () => {
    const controller = new AbortController()
    const error = new Error('first')
    const call = withTaskGroup(
      async (group) => {
        await group.spawn(() => Promise.reject(error)).catch(() => undefined)
        controller.abort(new Error('later'))
      },
      { signal: controller.signal },
    )
    expect(await rejection(call)).toBe(error)
  })

  test('a task without a name is told by its number; timeouts beside a failure are kept on it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const error = new Error('first')
    const deaf = (): Promise<never> => new Promise(() => undefined)
    const call = rejection(
      withTaskGroup(
        (group) => {
          void group.spawn(deaf)
          void group.spawn(deaf)
          throw error
        },
        { cleanupTimeoutMs: 100 },
      ),
    )
    await settle()
    vi.advanceTimersByTime(99)
    expect(await stateOf(call)).toBe('pending')
    vi.advanceTimersByTime(1)
    expect(await call).toBe(error)
    expect(suppressedErrors(error)).toMatchObject([{ key: 'task 1' }, { key: 'task 2' }])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('what a task that was let go fails with later is kept, and never unhandled', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const unhandled = collectUnhandled()
    const later = new Error('later')
    let failLater = (): void => undefined
    const call = rejection(
      withTaskGroup(
        (group) => {
          void group.spawnBackground(
            () =>
              new Promise(
                (_, reject) =>
                  (failLater = () => {
                    reject(later)
                  }),
              ),
          )
        },
        { cleanupTimeoutMs: 0 },
      ),
    )
    await settle()
    vi.advanceTimersByTime(0)
    const error = await call
    expect(error).toBeInstanceOf(CleanupTimeoutError)
    failLater()
    await settle()
    expect(suppressedErrors(error)).toEqual([later])
    expect(unhandled.stop()).toEqual([])
  })

  test('a foreground task that a background task spawned keeps the group going', async () => {
    const log: string[] = []
    await withTaskGroup((group) => {
      void group.spawnBackground(async (signal) => {
        void group.spawn(async () => {
          await settle()
          log.push(signal.aborted ? 'stopped early' : 'foreground')
        })
        await untilStopped(signal).catch(() => log.push('background'))
      })
    })
    expect(log).toEqual(['foreground', 'background'])
  })

  test('refuses what cannot be, and names it', () => {
    expect(() => withTaskGroup(1 as never)).toThrow(/body must be a function/)
    expect(() => withTaskGroup(() => 1, { cleanupTimeoutMs: -1 })).toThrow(/cleanupTimeoutMs/)
    expect(() => withTaskGroup(() => 1, { signal: {} as never })).toThrow(/signal must be an AbortSignal/)
  })

  test('a background task that ends early stops nobody', async () => {
    let wasAborted: boolean | undefined
    await withTaskGroup((group) => {
      void group.spawn(async (signal) => {
        await settle()
        wasAborted = signal.aborted
      })
      void group.spawnBackground(() => 'early')
    })
    expect(wasAborted).toBe(false)
  })

  test('a task spawned after the others were let go has a deadline too', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const error = new Error('first')
    let goOn = (): void => undefined
    const call = rejection(
      withTaskGroup(
        async (group) => {
          void group.spawn(() => Promise.reject(error))
          await new Promise<void>((resolve) => (goOn = resolve))
          void group.spawn(() => new Promise(() => undefined), { name: 'late and deaf' })
        },
        { cleanupTimeoutMs: 100 },
      ),
    )
    await settle()
    vi.advanceTimersByTime(500)
    goOn()
    await settle()
    vi.advanceTimersByTime(100)
    expect(await call).toBe(error)
    expect(suppressedErrors(error)).toMatchObject([{ key: 'late and deaf' }])
  })
})
