import { optionsOf, type CommandSpec } from '../../command-line/command-spec.ts'
import { flagsOf } from '../../command-line/flags.ts'
import type { Completion, Option } from '../../command-line/option.ts'
import { commandOptions } from '../run/spec.ts'

/** Makes bash, from version 3.2 on, complete the words of `rivulet`; the words of a program are left to bash-completion. */
export function bashCompletion(commands: readonly CommandSpec[]): string {
  return `# The words of rivulet, for bash: source <(rivulet completion bash)

# The words in $1 that begin with the current one.
_rivulet_words() {
  COMPREPLY=($(compgen -W "$1" -- "$word"))
}

# Files (-f), folders (-d) or programs (-c).
_rivulet_names() {
  local IFS=$'\\n'
  [[ $1 == -c ]] || compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen "$1" -- "$word"))
}

# The words of a program, which begin at $1.
_rivulet_program() {
  if declare -F _comp_command_offset >/dev/null; then
    _comp_command_offset "$1"
  elif declare -F _command_offset >/dev/null; then
    _command_offset "$1"
  elif ((COMP_CWORD == $1)) && [[ $word != */* ]]; then
    _rivulet_names -c
  else
    _rivulet_names -f
  fi
}

_rivulet_operand() {
  case $command in
${commands.map(({ name, operand }) => `    ${name}) ${complete(operand.completion)} ;;\n`).join('')}  esac
}

_rivulet_value() {
  case "$command $1" in
${commands.flatMap(valueCases).join('')}  esac
}

_rivulet() {
  local word=\${COMP_WORDS[COMP_CWORD]} command=\${COMP_WORDS[1]} flags='' valued='' flag at begin=0
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    _rivulet_words '${commands.map(({ name }) => name).join(' ')} --help --version'
    return
  fi
  case $command in
${commands.map((command) => `    ${command.name})\n${setFlags(optionsOf(command), '      ')}\n      ;;\n`).join('')}  esac
  for ((at = 2; at < COMP_CWORD; at++)); do
    flag=\${COMP_WORDS[at]}
    if [[ $command == run && $flag == ::: ]]; then
${setFlags(commandOptions, '      ')}
      begin=0
    elif ((begin)); then
      continue
    elif [[ $flag == -- ]]; then
      begin=$((at + 1))
    elif [[ " $valued " == *" $flag "* ]]; then
      # Bash splits --format=text into three words.
      [[ \${COMP_WORDS[at + 1]} == '=' ]] && ((at++))
      if ((++at >= COMP_CWORD)); then
        [[ $word == '=' ]] && word=''
        _rivulet_value "$flag"
        return
      fi
      # It splits words with = or : in them too.
      while [[ \${COMP_WORDS[at + 1]} == [=:] ]]; do ((at += 2)); done
      ((at < COMP_CWORD)) || return
    elif [[ $command == run && $flag != -* ]]; then
      begin=$at
    fi
  done
  if ((begin)) && [[ $command == run ]]; then
    _rivulet_program "$begin"
  elif ((begin)) || [[ $word != -* ]]; then
    _rivulet_operand
  elif [[ $word == --*=* ]]; then
    # If = is not among COMP_WORDBREAKS.
    flag=\${word%%=*}
    word=\${word#*=}
    _rivulet_value "$flag"
    COMPREPLY=("\${COMPREPLY[@]/#/$flag=}")
  else
    _rivulet_words "$flags"
  fi
}

complete -F _rivulet rivulet
`
}

function setFlags(options: readonly Option[], indent: string): string {
  const flags = [...flagsOf(options)]
  const valued = flags.filter(([, { option }]) => option.kind === 'valued')
  const list = (some: typeof flags): string => some.map(([flag]) => flag).join(' ')
  return `${indent}flags='${list(flags)}'\n${indent}valued='${list(valued)}'`
}

function valueCases(command: CommandSpec): string[] {
  return optionsOf(command).flatMap((option) => {
    if (option.kind !== 'valued' || option.value.completion.kind === 'none') return []
    const patterns = [...flagsOf([option]).keys()].map((flag) => `'${command.name} ${flag}'`)
    return `    ${patterns.join(' | ')}) ${complete(option.value.completion)} ;;\n`
  })
}

function complete(completion: Completion): string {
  switch (completion.kind) {
    case 'choices':
      return `_rivulet_words '${completion.choices.join(' ')}'`
    case 'file':
      return '_rivulet_names -f'
    case 'folder':
      return '_rivulet_names -d'
    case 'program':
      return '_rivulet_program "$COMP_CWORD"'
    case 'none':
      return ':'
  }
}
