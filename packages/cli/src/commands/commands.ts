import { command } from '../command-line/command.ts'
import type { CommandSpec } from '../command-line/command-spec.ts'
import { parseCompletion } from './completion/parse.ts'
import { completion } from './completion/spec.ts'
import { parseHelp } from './help/parse.ts'
import { help } from './help/spec.ts'
import { parseRun } from './run/parse.ts'
import { run } from './run/spec.ts'
import { parseShow } from './show/parse.ts'
import { show } from './show/spec.ts'
import { parseTimeline } from './timeline/parse.ts'
import { timeline } from './timeline/spec.ts'

const explained = [
  command(run, parseRun, () => import('./run/perform.ts')),
  command(show, parseShow, () => import('./show/perform.ts')),
  command(timeline, parseTimeline, () => import('./timeline/perform.ts')),
  command(completion, parseCompletion, () => import('./completion/perform.ts')),
]

/** The subcommands of `rivulet`, in the order of its help. A new one is a folder here and a line above. */
export const commands = [
  ...explained,
  command(help(explained.map(({ spec }) => spec)), parseHelp, () => import('./help/perform.ts')),
]

/** What each of them is. */
export const specs: readonly CommandSpec[] = commands.map(({ spec }) => spec)
