import { optionsOf, type CommandSpec, type Example } from '../command-line/command-spec.ts'
import { flagsOf } from '../command-line/flags.ts'
import type { Option } from '../command-line/option.ts'
import { manualSections, type ManualSection } from './manual-sections.ts'
import { bold, italic, roff } from './roff.ts'

/** The manual, for `man`; made of the specs that the command line is parsed by. */
export function manPage(version: string, commands: readonly CommandSpec[]): string {
  return [
    '.\\" Made from the options that rivulet parses: do not edit.',
    `.TH RIVULET 1 "" "rivulet ${version}" "User Commands"`,
    '.ad l',
    '.nh',
    '.SH NAME',
    roff('rivulet - run programs and show stdout and stderr as one stream, each line marked'),
    '.SH SYNOPSIS',
    '.nf',
    ...commands.map(synopsisLine),
    bold('rivulet --version'),
    '.fi',
    '.SH DESCRIPTION',
    roff(
      'Runs one or more programs and shows each line that they print as soon as it arrives, marked with the stream and the command that it came from. A run can be saved, shown again in another form, and drawn as a timeline.',
    ),
    '.SH COMMANDS',
    ...commands.flatMap(commandLines),
    ...manualSections.flatMap(sectionLines),
    '.SH EXAMPLES',
    ...commands.flatMap(({ examples }) => examples.flatMap(exampleLines)),
    '',
  ].join('\n')
}

function synopsisLine({ name, synopsis }: CommandSpec): string {
  const words = synopsis.replaceAll(/[A-Z]+/g, '\0$&\0').split('\0')
  return `${bold(`rivulet ${name}`)} ${words.map((word, at) => (at % 2 === 1 ? italic(word) : roff(word))).join('')}`
}

function commandLines(command: CommandSpec): string[] {
  return [
    `.SS ${roff(`rivulet ${command.name}`)}`,
    roff(command.intro.replaceAll('\n', ' ')),
    ...command.manual.flatMap((paragraph) => ['.PP', roff(paragraph)]),
    ...optionsOf(command).flatMap((option) => ['.TP', optionLine(option), roff(option.detail)]),
  ]
}

function optionLine(option: Option): string {
  const flags = [...flagsOf([option]).keys()].map(bold).join(', ')
  return option.kind === 'valued' ? `${flags} ${italic(option.value.placeholder)}` : flags
}

function sectionLines({ heading, paragraphs, sample = [], terms = [] }: ManualSection): string[] {
  return [
    `.SH ${heading}`,
    ...paragraphs.flatMap((paragraph, at) => (at === 0 ? roff(paragraph) : ['.PP', roff(paragraph)])),
    ...(sample.length === 0 ? [] : ['.PP', '.RS 4', '.nf', ...sample.map(roff), '.fi', '.RE']),
    ...terms.flatMap(([term, meaning]) => ['.TP', bold(term), roff(meaning)]),
  ]
}

function exampleLines({ line, does }: Example): string[] {
  return ['.TP', bold(line), roff(does)]
}
