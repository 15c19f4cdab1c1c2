# zsh -f complete-in-zsh.zsh <script> <line>...: what zsh offers at the end of each line with that completion script, one a
# line, and behind each line's a line with a dot. It is a real zsh at a terminal of its own, which is told to write down what
# it is about to offer.
zmodload zsh/zpty
script=$1
shift
folder=$(mktemp -d)
mkfifo $folder/turn
# Open for both at once: a writer that leaves is no end for who reads.
exec {turn}<>$folder/turn
cat >$folder/rc <<'RC'
PS1=
unsetopt auto_list auto_menu
autoload -Uz compinit && compinit -u -d $folder/dump
source $script
compadd() {
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
    builtin compadd "$@"
    return
  fi
  local -a found
  builtin compadd -O found "$@"
  (($#found)) && print -rl -- $found >>$folder/found
  builtin compadd "$@"
}
complete-line() {
  BUFFER=$(<$folder/line; print -n .)
  BUFFER=${BUFFER%.} CURSOR=$#BUFFER
  zle complete-word
  BUFFER=
  print >$folder/turn
}
zle -N complete-line
bindkey '^G' complete-line
zle-line-init() {
  zle -D zle-line-init
  print >$folder/turn
}
zle -N zle-line-init
RC
zpty inner zsh -f -i
zpty -w inner "folder=${(qq)folder} script=${(qq)script}; source $folder/rc"
read -u $turn
for line; do
  print -rn -- $line >$folder/line
  : >$folder/found
  zpty -w -n inner $'\x07'
  read -u $turn
  cat $folder/found
  print .
done
zpty -d inner
rm -r $folder
