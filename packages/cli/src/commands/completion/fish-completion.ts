import { optionsOf, type CommandSpec } from '../../command-line/command-spec.ts'
import { flagsOf, flagSummary } from '../../command-line/flags.ts'
import type { Completion, Option } from '../../command-line/option.ts'
import { shellQuoted } from '../../text/shell-quoted.ts'
import { commandOptions, run } from '../run/spec.ts'

/** Makes fish complete the words of `rivulet`. */
export function fishCompletion(commands: readonly CommandSpec[]): string {
  const valued = [...flagsOf(optionsOf(run))].flatMap(([flag, { option }]) => (option.kind === 'valued' ? flag : []))
  return `# The words of rivulet, for fish: rivulet completion fish | source

# What comes next: 'command'; the words of the command that it names; 'one' for the words after :::, of one of several
# commands; or 'program', and which word is its first.
function __rivulet_place
    set -l words (commandline -opc)
    set -l place $words[2]
    set -l first 0
    set -l at 3
    while test "$place" = run -o "$place" = one; and test $at -le (count $words)
        set -l word $words[$at]
        if test "$word" = ':::'
            set place one
            set first 0
        else if test $first -gt 0
        else if test "$word" = --
            set first (math $at + 1)
        else if contains -- $word ${valued.join(' ')}
            set at (math $at + 1)
        else if not string match -q -- '-*' $word
            set first $at
        end
        set at (math $at + 1)
    end
    if test $first -gt 0
        set place program $first
    end
    set -q place[1]; and string join \\n $place; or echo command
end

function __rivulet_at
    contains -- (__rivulet_place)[1] $argv
end

function __rivulet_program
    set -l first (__rivulet_place)[2]
    set -l words (commandline -opc)
    set -l token (commandline -ct)
    if test $first -gt (count $words)
        __fish_complete_command
    else
        complete -C (string join ' ' -- (string escape -- $words[$first..-1]))" $token"
    end
end

# After ::: there may be a -- before it, after which fish itself completes no options.
function __rivulet_one
    set -l word (commandline -opc)[-1]
    set -l token (commandline -ct)
    switch $word
${oneValues()}        case '*'
            if string match -q -- '-*' $token
                printf '%s\\t%s\\n' ${oneFlags()}
            else
                __fish_complete_command
            end
    end
end

complete -c rivulet -f
complete -c rivulet -n '__rivulet_at command' -s h -l help -d 'show help'
complete -c rivulet -n '__rivulet_at command' -l version -d 'show the version'
${commands.map(({ name, summary }) => `complete -c rivulet -n '__rivulet_at command' -a ${name} -d ${shellQuoted(summary)}\n`).join('')}
${commands
  .map((command) =>
    optionsOf(command)
      .flatMap((option) => optionLines(command.name, option))
      .join(''),
  )
  .join('\n')}
${commands.map(({ name, operand }) => operandLine(name, operand.completion)).join('')}complete -c rivulet -n '__rivulet_at one' -a '(__rivulet_one)'
complete -c rivulet -n '__rivulet_at program' -a '(__rivulet_program)'
`
}

function optionLines(place: string, option: Option): string[] {
  return [...flagsOf([option])].map(([flag, meaning]) => {
    const name = flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`
    const value = option.kind === 'valued' ? ` ${valueWords(option.value.completion)}` : ''
    return `complete -c rivulet -n '__rivulet_at ${place}' ${name}${value} -d ${shellQuoted(flagSummary(meaning))}\n`
  })
}

/** Completes the value of each option after `:::`. */
function oneValues(): string {
  return commandOptions
    .map((option) => {
      const { completion } = option.value
      const body = completion.kind === 'folder' ? '\n            __fish_complete_directories $token' : ''
      return `        case ${[...flagsOf([option]).keys()].join(' ')}${body}\n`
    })
    .join('')
}

function oneFlags(): string {
  return [...flagsOf(commandOptions)].map(([flag, meaning]) => `${flag} ${shellQuoted(flagSummary(meaning))}`).join(' ')
}

function operandLine(place: string, completion: Completion): string {
  const words = completion.kind === 'file' ? '-F' : `-a ${shellQuoted(candidates(completion))}`
  return `complete -c rivulet -n '__rivulet_at ${place}' ${words}\n`
}

function valueWords(completion: Completion): string {
  return completion.kind === 'file' ? '-r -F' : `-x -a ${shellQuoted(candidates(completion))}`
}

function candidates(completion: Completion): string {
  switch (completion.kind) {
    case 'choices':
      return completion.choices.join(' ')
    case 'folder':
      return '(__fish_complete_directories)'
    case 'program':
      return '(__fish_complete_command)'
    case 'file':
    case 'none':
      return ''
  }
}
