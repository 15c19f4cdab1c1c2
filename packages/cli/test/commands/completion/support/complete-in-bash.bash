# bash complete-in-bash.bash <script> <line>...: what bash offers at the end of each line with that completion script, one a
# line, and behind each line's a line with a dot. The lines are parted into words as readline does it.
source "$1"
shift
for line; do
  COMP_WORDS=()
  while [[ $line =~ ^\ *(:+|=+|[^\ :=]+) ]]; do
    COMP_WORDS+=("${BASH_REMATCH[1]}")
    line=${line:${#BASH_REMATCH[0]}}
  done
  [[ $line == ' '* ]] && COMP_WORDS+=('')
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  _rivulet
  ((${#COMPREPLY[@]})) && printf '%s\n' "${COMPREPLY[@]}"
  echo .
done
