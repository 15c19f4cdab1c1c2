import type { CommandSpec } from '../command-spec.ts'
import { helpOption } from './help-option.ts'
import { runOptions } from './run-options.ts'
import { showingOptions } from './showing-options.ts'

const { status, cwd, env, input, timeout, killAfter, order, contain, pty } = runOptions
const { name, file, jobs, keepGoing, success, restart, group, save, saveBestEffort } = runOptions

export const run: CommandSpec = {
  name: 'run',
  synopsis: '[options] [--] COMMAND [ARGUMENT...] [::: COMMAND...]',
  summary: 'run programs and show what they print',
  intro: 'Runs programs and shows what they print, each line with a mark for its stream.',
  operand: { placeholder: 'COMMAND', completion: { kind: 'program' } },
  groups: [
    { heading: 'What is shown', options: [...Object.values(showingOptions), status] },
    { heading: 'The program', options: [cwd, env, input, timeout, killAfter, order, contain, pty] },
    { heading: 'Several programs', options: [name, file, jobs, keepGoing, success, restart, group] },
    { heading: 'Saving', options: [save, saveBestEffort, helpOption] },
  ],
  examples: [
    { line: 'rivulet run -- make -j4', does: 'Shows what make prints, and which lines are errors.' },
    {
      line: 'rivulet run --timestamps elapsed --save run.jsonl -- npm test',
      does: 'Puts before each line how long it took to come, and saves the run.',
    },
    {
      line: 'rivulet run -n api -- npm start ::: -n web --cwd web -- npx vite',
      does: 'Runs two programs at once, each line under its name. When one fails, the other is stopped.',
    },
    {
      line: 'rivulet run --file checks.txt --jobs 2 --keep-going --group',
      does: 'Runs the commands of a file, two at a time and each to its end, and keeps what each prints together.',
    },
  ],
  manual: [
    'The program is started without a shell: its words are passed on as they are. Its name is the first word that is no option; what follows belongs to it. A `--` before it ends the options for certain.',
    'Several programs are parted by `:::`. Each may have `--name`, `--cwd` and `--env` of its own before its first word. A program that is to be given the word `:::` itself has to stand in a file of commands, in quotes.',
    'Its stdin is empty unless `--input` is given.',
    'Ctrl-C is passed on to the programs, and waited for. A second one kills them. When the reader of our output has left, as `head` does, the programs are stopped.',
  ],
}
