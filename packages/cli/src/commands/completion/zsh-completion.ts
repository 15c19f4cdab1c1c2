import { optionsOf, type CommandSpec } from '../../command-line/command-spec.ts'
import { flagsOf, flagSummary } from '../../command-line/flags.ts'
import { helpOption } from '../../command-line/help-option.ts'
import type { Completion, Option } from '../../command-line/option.ts'
import { shellQuoted } from '../../text/shell-quoted.ts'
import { commandOptions } from '../run/spec.ts'

/** Makes zsh complete the words of `rivulet`: to be sourced after `compinit`, or a file `_rivulet` on `fpath`. */
export function zshCompletion(commands: readonly CommandSpec[]): string {
  return `#compdef rivulet
# The words of rivulet, for zsh: source <(rivulet completion zsh)

_rivulet() {
  local curcontext=$curcontext state line
  typeset -A opt_args
  _arguments -C \\
    '(- : *)'{-h,--help}'[show help]' \\
    '(- : *)--version[show the version]' \\
    '1: :->command' \\
    '*:: :->words' && return
  case $state in
    command)
      local -a commands=(
${commands.map(({ name, summary }) => `        ${shellQuoted(`${name}:${summary}`)}\n`).join('')}      )
      _describe command commands
      ;;
    words)
      (($+functions[_rivulet_$words[1]])) && _rivulet_$words[1]
      ;;
  esac
}

${commands.map(commandFunction).join('\n')}
if [[ $funcstack[1] == _rivulet ]]; then
  _rivulet "$@"
else
  compdef _rivulet rivulet
fi
`
}

function commandFunction(command: CommandSpec): string {
  const { name, operand } = command
  if (operand.completion.kind === 'program') return programFunction(command)
  const only = shellQuoted(`1:${operand.placeholder}:${action(operand.completion)}`)
  return `_rivulet_${name}() {\n${specify(optionsOf(command), only, '  ')}\n}\n`
}

/** After its first word, the words of a program are left to its own completion. */
function programFunction(command: CommandSpec): string {
  const only = `'(-)1: :${action(command.operand.completion)}'`
  const valued = (options: readonly Option[]): string =>
    [...flagsOf(options)].flatMap(([flag, { option }]) => (option.kind === 'valued' ? flag : [])).join(' ')
  return `_rivulet_${command.name}() {
  local -i at begin=0 separator=0
  local -a valued=(${valued(optionsOf(command))})
  for ((at = 2; at < CURRENT; at++)); do
    if [[ $words[at] == ::: ]]; then
      separator=$at begin=0
      valued=(${valued(commandOptions)})
    elif ((begin)); then
      continue
    elif [[ $words[at] == -- ]]; then
      begin=$((at + 1))
    elif ((valued[(Ie)$words[at]])); then
      ((at++))
    elif [[ $words[at] != -* ]]; then
      begin=$at
    fi
  done
  if ((begin)); then
    words=("\${(@)words[begin,-1]}")
    ((CURRENT -= begin - 1))
    _normal
  elif ((separator)); then
    words=(${command.name} "\${(@)words[separator + 1,-1]}")
    ((CURRENT -= separator - 1))
${specify(commandOptions, only, '    ')}
  else
${specify(optionsOf(command), only, '    ')}
  fi
}
`
}

function specify(options: readonly Option[], operand: string, indent: string): string {
  return [`${indent}_arguments -S`, ...options.flatMap(optionSpecs), operand].join(` \\\n${indent}  `)
}

/** Each flag of an option; it excludes the others, unless it can be repeated. */
function optionSpecs(option: Option): string[] {
  const flags = [...flagsOf([option])]
  const isRepeatable = option.kind === 'valued' && option.isRepeatable === true
  // With help, nothing else is asked for.
  const excluded = option === helpOption ? '- : *' : flags.map(([flag]) => flag).join(' ')
  return flags.map(([flag, meaning]) => {
    const summary = flagSummary(meaning).replaceAll(/[[\]\\]/g, '\\$&')
    const value = option.kind === 'valued' ? `:${option.value.placeholder}:${action(option.value.completion)}` : ''
    const joined = option.kind === 'switch' ? '' : flag.startsWith('--') ? '=' : '+'
    return shellQuoted(`${isRepeatable ? '*' : `(${excluded})`}${flag}${joined}[${summary}]${value}`)
  })
}

function action(completion: Completion): string {
  switch (completion.kind) {
    case 'choices':
      return `(${completion.choices.join(' ')})`
    case 'file':
      return '_files'
    case 'folder':
      return '_files -/'
    case 'program':
      return '_command_names -e'
    case 'none':
      return ' '
  }
}
