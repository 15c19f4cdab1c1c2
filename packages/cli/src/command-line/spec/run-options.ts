import type { Option } from '../option.ts'
import { assignment } from '../values/assignment.ts'
import { choice } from '../values/choice.ts'
import { commandName } from '../values/command-name.ts'
import { count } from '../values/count.ts'
import { duration } from '../values/duration.ts'
import { path } from '../values/path.ts'
import { text } from '../values/text.ts'

/** What `run` has beside how events are shown. */
export const runOptions = {
  status: {
    kind: 'switch',
    name: 'status',
    opposite: 'no-status',
    isOn: true,
    summary: 'no status line on the terminal',
    detail:
      'On a terminal the last line tells of a run that takes long: the time, the lines of each stream, the rate, and who ended last. It never mixes with the output, and is not there in a pipe. `--no-status` leaves it out.',
  },
  cwd: {
    kind: 'valued',
    name: 'cwd',
    value: path('folder'),
    summary: 'run in this folder',
    detail: 'The folder to run in. Before the first command it holds for all; after `:::` for that one.',
  },
  env: {
    kind: 'valued',
    name: 'env',
    isRepeatable: true,
    value: assignment('KEY=VALUE'),
    summary: 'add to the environment; can be given again',
    detail:
      'Adds a variable to the environment, which is ours beside it. Before the first command it holds for all; after `:::` for that one. It can be given several times.',
  },
  input: {
    kind: 'valued',
    name: 'input',
    value: path('file'),
    summary: 'what the program reads on stdin; - is our own stdin',
    detail: 'The file that the program reads on stdin, `-` for our own stdin. Without it stdin is empty.',
  },
  timeout: {
    kind: 'valued',
    name: 'timeout',
    value: duration('TIME', 1),
    summary: 'stop it after 30s, 500ms, 2m or 1h: exit code 124',
    detail:
      'Stops a program that takes longer, with exit code 124. A number alone is seconds. With several commands each has that time, and with `--restart` each attempt.',
  },
  killAfter: {
    kind: 'valued',
    name: 'kill-after',
    value: duration('TIME', 0),
    summary: 'from SIGTERM to SIGKILL when it is stopped (5s)',
    detail: 'How long a program that is being stopped has between SIGTERM and SIGKILL; 5 seconds by default.',
  },
  order: {
    kind: 'valued',
    name: 'order',
    value: choice('ORDER', ['arrival', 'exact', 'auto']),
    summary: 'arrival (default), exact: as written (Linux), auto',
    detail:
      'Across the two streams `arrival` is the order in which lines were read, `exact` that in which they were written, which is slower and needs Linux; `auto` takes exact where it can.',
  },
  contain: {
    kind: 'switch',
    name: 'contain',
    opposite: 'no-contain',
    summary: 'also end what leaves the process group (Linux)',
    detail:
      'When a program is over, also ends what it started and what has left its process group, such as a daemon. Needs Linux.',
  },
  pty: {
    kind: 'valued',
    name: 'pty',
    value: choice('stdout', ['stdout']),
    summary: 'a terminal as its stdout, so that it does not buffer',
    detail:
      'Gives the program a terminal for its stdout, so that it neither holds back its output nor leaves out its colours; stderr is still apart. Refused where the platform has none.',
  },
  name: {
    kind: 'valued',
    name: 'name',
    short: 'n',
    value: commandName('NAME'),
    summary: 'the name of the command that follows, before its lines',
    detail:
      'The name of the command that follows, which stands before its lines. Where there are several, a command without one has that of its program.',
  },
  file: {
    kind: 'valued',
    name: 'file',
    value: path('file'),
    summary: "take commands from a file, a 'name: command' a line",
    detail:
      'Takes the commands from a file, `-` for our own stdin, instead of from the command line: see FILES OF COMMANDS.',
  },
  jobs: {
    kind: 'valued',
    name: 'jobs',
    value: count('N', 1),
    summary: 'run at most so many at a time; all by default',
    detail: 'How many commands run at a time. The others wait, in order. By default all run at once.',
  },
  keepGoing: {
    kind: 'switch',
    name: 'keep-going',
    opposite: 'fail-fast',
    summary: 'a failure does not stop the others (or --fail-fast)',
    detail: 'Whether the others go on when a command has failed. `--fail-fast`, which is the default, stops them.',
  },
  success: {
    kind: 'valued',
    name: 'success',
    value: text('WHICH', 'all, first or the name of a command', { kind: 'choices', choices: ['all', 'first'] }),
    summary: 'whose end decides: all (default), first, or a name',
    detail:
      'Whose end decides the exit code. `all`: the first that failed. `first`: the first that ends; a name: the command of that name. The others are then stopped.',
  },
  restart: {
    kind: 'valued',
    name: 'restart',
    value: count('N', 0),
    summary: 'start what failed again, up to N times',
    detail:
      'Starts a command that failed again, up to N times, each time after twice as long a pause: from 250 milliseconds up to 30 seconds. One that cannot be started at all is not tried again.',
  },
  group: {
    kind: 'switch',
    name: 'group',
    opposite: 'no-group',
    summary: 'keep the output of each command together',
    detail:
      'Shows the output of each command in one piece, instead of mixed with that of the others: one is shown as it runs, the others when they are over.',
  },
  save: {
    kind: 'valued',
    name: 'save',
    value: path('file'),
    summary: 'save the events, for rivulet show and timeline',
    detail:
      'Saves the events in this file, one a line, before they are shown: what was shown is on disk. A file that is there is replaced. One that cannot be written is refused before anything is started, and a disk that is full stops the run.',
  },
  saveBestEffort: {
    kind: 'switch',
    name: 'save-best-effort',
    summary: 'go on when the events cannot be saved',
    detail: 'A save that fails is told, and the run goes on without it.',
  },
} as const satisfies Record<string, Option>
