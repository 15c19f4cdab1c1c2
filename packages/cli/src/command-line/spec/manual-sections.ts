/** A part of the manual that is of no one command. */
export interface ManualSection {
  readonly heading: string
  readonly paragraphs: readonly string[]
  /** Lines as they would be in a file. */
  readonly sample?: readonly string[]
  /** What stands on the left, and what it means. */
  readonly terms?: readonly (readonly [term: string, meaning: string])[]
}

export const manualSections: readonly ManualSection[] = [
  {
    heading: 'FILES OF COMMANDS',
    paragraphs: [
      'A file for `rivulet run --file` has one command a line, with its name before it or without. `#` begins a comment. Words are parted and quoted as in a shell, with `\'`, `"` and `\\`, and nothing is expanded. Before its first word a command may have `--cwd` and `--env`, as after `:::`. What only a shell can do, such as `&&` or `>`, is refused: quote it, or run `sh -c`.',
    ],
    sample: [
      '# what a change has to pass',
      'lint:  npx eslint .',
      "types: npx tsc --noEmit -p 'my project'",
      'tests: --cwd packages/app --env CI=1 npm test',
    ],
  },
  {
    heading: 'EXIT STATUS',
    paragraphs: [
      '`rivulet run` exits as its program does; with several, as the first that failed, or as `--success` says.',
    ],
    terms: [
      ['0', 'All went well.'],
      [
        '1',
        '`rivulet show` and `rivulet timeline`: the record has lines that are no events, or the run in it has not ended.',
      ],
      ['2', 'The command line is wrong, or the file of commands that it names.'],
      ['124', 'The program was stopped by `--timeout`.'],
      ['125', 'rivulet itself failed: a saved run could not be read, or a file not be written, for example.'],
      ['126', 'The program cannot be executed.'],
      ['127', 'The program was not found.'],
      ['128+N', 'The program was ended by signal N.'],
      [
        '141',
        'The reader of our output has left, as `head` does; what ran was ended. Of `help` and `completion` that is 0.',
      ],
    ],
  },
  {
    heading: 'ENVIRONMENT',
    paragraphs: [],
    terms: [
      ['NO_COLOR', 'Where it is not empty, there is no colour. `--color` stands above it.'],
      [
        'FORCE_COLOR',
        'Where it is not empty, there is colour also in a pipe; `0` is for none. `NO_COLOR` and `--color` stand above it.',
      ],
    ],
  },
]
