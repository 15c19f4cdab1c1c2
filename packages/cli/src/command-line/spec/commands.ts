import type { CommandSpec } from '../command-spec.ts'
import { completion } from './completion.ts'
import { help } from './help.ts'
import { run } from './run.ts'
import { show } from './show.ts'
import { timeline } from './timeline.ts'

/** All that `rivulet` can be asked to do. */
export const commands: readonly CommandSpec[] = [run, show, timeline, completion, help]
