import type { ValuedOption } from './option.ts'
import { runOptions } from './spec/run-options.ts'

/** What each of several commands of `run` may have for itself, after `:::` and in a file of commands. */
export const commandOptions: readonly ValuedOption<unknown>[] = [runOptions.name, runOptions.cwd, runOptions.env]
