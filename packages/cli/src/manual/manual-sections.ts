/** A part of the manual that belongs to no single command. */
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
    heading: 'COMMAND FILES',
    paragraphs: [
      'A file for `rivulet run --file` has one command per line, with or without a name before it. `#` begins a comment. Words are split and quoted as in a shell, with `\'`, `"` and `\\`, but nothing is expanded. A command may have `--cwd` and `--env` before its first word, as after `:::`. What only a shell can do, such as `&&` or `>`, is refused: quote it, or run `sh -c`.',
    ],
    sample: [
      '# what every change has to pass',
      'lint:  npx eslint .',
      "types: npx tsc --noEmit -p 'my project'",
      'tests: --cwd packages/app --env CI=1 npm test',
    ],
  },
  {
    heading: 'EXIT STATUS',
    paragraphs: [
      '`rivulet run` exits as its program does. With several programs, it exits as the first one that failed, or as `--success` says.',
    ],
    terms: [
      ['0', 'All went well.'],
      ['1', '`rivulet show` and `rivulet timeline`: the record has broken lines, or its end is missing.'],
      ['2', 'The command line is wrong, or the command file that it names.'],
      ['124', 'The program timed out: see `--timeout`.'],
      ['125', 'rivulet itself failed: for example, a saved run could not be read, or a file could not be written.'],
      ['126', 'The program cannot be executed.'],
      ['127', 'The program was not found.'],
      ['128+N', 'The program was ended by signal N.'],
      [
        '141',
        'The reader of our output left, as `head` does, and the programs were stopped. `help` and `completion` exit with 0 then.',
      ],
    ],
  },
  {
    heading: 'ENVIRONMENT',
    paragraphs: [],
    terms: [
      ['NO_COLOR', 'If it is not empty, there is no colour. `--color` overrides it.'],
      [
        'FORCE_COLOR',
        'If it is not empty, there is colour in pipes too; `0` means no colour. `NO_COLOR` and `--color` override it.',
      ],
    ],
  },
]
