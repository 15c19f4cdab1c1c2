import type { CommandSpec } from '../../command-line/command-spec.ts'
import { displayOptions } from '../../command-line/display-options.ts'
import { helpOption } from '../../command-line/help-option.ts'
import type { Option, ValuedOption } from '../../command-line/option.ts'
import { choice, path, text } from '../../command-line/values.ts'
import { assignment, commandName, count, duration } from './values.ts'

/** The options of `run` beside those of the display. */
export const runOptions = {
  status: {
    kind: 'switch',
    name: 'status',
    opposite: 'no-status',
    isOn: true,
    summary: 'no status line on the terminal',
    detail:
      'On a terminal, the last line shows how a long run is going: the time, the lines of each stream, the rate, and which command ended last. It never mixes with the output, and does not appear in pipes. `--no-status` leaves it out.',
  },
  cwd: {
    kind: 'valued',
    name: 'cwd',
    value: path('folder'),
    summary: 'run in this folder',
    detail: 'The folder to run in. Before the first command it applies to all; after `:::`, to that command.',
  },
  env: {
    kind: 'valued',
    name: 'env',
    isRepeatable: true,
    value: assignment('KEY=VALUE'),
    summary: 'add to the environment; can be repeated',
    detail:
      'Add a variable to the environment, which is otherwise our own. Before the first command it applies to all; after `:::`, to that command. It can be repeated.',
  },
  input: {
    kind: 'valued',
    name: 'input',
    value: path('file'),
    summary: 'what the program reads on stdin; - is our own stdin',
    detail: 'The file that the program reads on stdin, or `-` for our own stdin. Without it, stdin is empty.',
  },
  timeout: {
    kind: 'valued',
    name: 'timeout',
    value: duration('TIME', 1),
    summary: 'stop it after 30s, 500ms, 2m or 1h: exit code 124',
    detail:
      'Stop a program that takes longer, with exit code 124. A plain number is in seconds. With several commands, each has this time; with `--restart`, each attempt has it.',
  },
  killAfter: {
    kind: 'valued',
    name: 'kill-after',
    value: duration('TIME', 0),
    summary: 'time from SIGTERM to SIGKILL when stopping (5s)',
    detail: 'How long a program that is being stopped has between SIGTERM and SIGKILL; 5 seconds by default.',
  },
  order: {
    kind: 'valued',
    name: 'order',
    value: choice('ORDER', ['arrival', 'exact', 'auto']),
    summary: 'arrival (default), exact: as written (Linux), auto',
    detail:
      'The order of lines across the two streams. `arrival`: as they were read. `exact`: as they were written, which is slower and needs Linux. `auto`: exact if possible.',
  },
  contain: {
    kind: 'switch',
    name: 'contain',
    opposite: 'no-contain',
    summary: 'also end what leaves the process group (Linux)',
    detail:
      'When a program is over, also end whatever it started that has left its process group, such as a daemon. Needs Linux.',
  },
  pty: {
    kind: 'valued',
    name: 'pty',
    value: choice('stdout', ['stdout']),
    summary: 'a terminal as its stdout, so that it does not buffer',
    detail:
      'Give the program a terminal as its stdout, so that it neither holds back its output nor leaves out its colours. Its stderr stays separate. Refused on platforms that cannot do it.',
  },
  name: {
    kind: 'valued',
    name: 'name',
    short: 'n',
    value: commandName('NAME'),
    summary: 'name of the next command, shown before its lines',
    detail:
      'The name of the command that follows, shown before its lines. If there are several commands, one without a name is named after its program.',
  },
  file: {
    kind: 'valued',
    name: 'file',
    value: path('file'),
    summary: "read commands from a file, 'name: command' per line",
    detail:
      'Read the commands from a file, or from our own stdin (`-`), instead of the command line: see COMMAND FILES.',
  },
  jobs: {
    kind: 'valued',
    name: 'jobs',
    value: count('N', 1),
    summary: 'run at most N at once; all by default',
    detail: 'How many commands run at once. The others wait, in order. By default, all run at once.',
  },
  keepGoing: {
    kind: 'switch',
    name: 'keep-going',
    opposite: 'fail-fast',
    summary: 'a failure does not stop the others (or --fail-fast)',
    detail: 'Let the other commands go on when one has failed. `--fail-fast`, which is the default, stops them.',
  },
  success: {
    kind: 'valued',
    name: 'success',
    value: text('WHICH', 'all, first or the name of a command', { kind: 'choices', choices: ['all', 'first'] }),
    summary: 'whose exit code counts: all (default), first, a name',
    detail:
      'Whose exit code becomes ours. `all`: the first command that failed. `first`: the first command to end. A name: the command with that name; when it ends, as with `first`, the others are stopped.',
  },
  restart: {
    kind: 'valued',
    name: 'restart',
    value: count('N', 0),
    summary: 'restart a failed command up to N times',
    detail:
      'Restart a command that failed, up to N times. The pause before each attempt is twice as long as the last: from 250 milliseconds to 30 seconds. A command that cannot be started at all is not tried again.',
  },
  group: {
    kind: 'switch',
    name: 'group',
    opposite: 'no-group',
    summary: 'keep the output of each command together',
    detail:
      'Show the output of each command in one piece, instead of mixed with the others: one command is shown as it runs, the others when they are over.',
  },
  save: {
    kind: 'valued',
    name: 'save',
    value: path('file'),
    summary: 'save the events, for rivulet show and timeline',
    detail:
      'Save the events to this file, one per line, before they are shown: what was shown is on disk. An existing file is replaced. If the file cannot be written, nothing is started; if the disk becomes full, the run is stopped.',
  },
  saveBestEffort: {
    kind: 'switch',
    name: 'save-best-effort',
    summary: 'go on when the events cannot be saved',
    detail: 'If saving fails, say so and let the run go on without it.',
  },
} as const satisfies Record<string, Option>

/** What each of several commands may have for itself, after `:::` and in a command file. */
export const commandOptions: readonly ValuedOption<unknown>[] = [runOptions.name, runOptions.cwd, runOptions.env]

const { status, cwd, env, input, timeout, killAfter, order, contain, pty } = runOptions
const { name, file, jobs, keepGoing, success, restart, group, save, saveBestEffort } = runOptions

export const run: CommandSpec<'run'> = {
  name: 'run',
  synopsis: '[options] [--] COMMAND [ARGUMENT...] [::: COMMAND...]',
  summary: 'run programs and show what they print',
  intro: 'Run programs and show what they print, each line with a mark for its stream.',
  operand: { placeholder: 'COMMAND', completion: { kind: 'program' } },
  groups: [
    { heading: 'Display', options: [...Object.values(displayOptions), status] },
    { heading: 'Program', options: [cwd, env, input, timeout, killAfter, order, contain, pty] },
    { heading: 'Several programs', options: [name, file, jobs, keepGoing, success, restart, group] },
    { heading: 'Saving', options: [save, saveBestEffort, helpOption] },
  ],
  examples: [
    { line: 'rivulet run -- make -j4', does: 'Show what make prints, and which lines are errors.' },
    {
      line: 'rivulet run --timestamps elapsed --save run.jsonl -- npm test',
      does: 'Show the time since the start before each line, and save the run.',
    },
    {
      line: 'rivulet run -n api -- npm start ::: -n web --cwd web -- npx vite',
      does: 'Run two programs at once, with its name before each line. If one fails, the other is stopped.',
    },
    {
      line: 'rivulet run --file checks.txt --jobs 2 --keep-going --group',
      does: 'Run the commands in a file, two at a time and each to its end, and keep the output of each together.',
    },
  ],
  manual: [
    'The program is started without a shell: it gets its words as they are. Its name is the first word that is not an option, and everything after it belongs to the program. A `--` before the name marks the end of the options.',
    'Several programs are separated by `:::`. Each may have its own `--name`, `--cwd` and `--env` before its first word. To give a program the word `:::` itself, write the command in a command file, with quotes around the word.',
    "A program's stdin is empty unless `--input` is given.",
    'Ctrl-C is forwarded to the programs, and rivulet waits for them to end. A second Ctrl-C kills them. If the reader of our output leaves, as `head` does, the programs are stopped.',
  ],
}
