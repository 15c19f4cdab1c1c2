import { vi } from 'vitest'

/** Has every run of a test file started by the supervisor, so that both ways of starting are held to the same tests. */
vi.mock(import('../../src/process/lifecycle/choose-program.ts'), async (original) => {
  const { chooseProgram } = await original()
  return {
    chooseProgram: (command, options) => chooseProgram(command, { ...options, order: options.order ?? 'exact' }),
  }
})
