/** Bytes at the end of a command by which a program is known that nobody could tell the guard of. */
export const markBytes = 64

/**
 * What the guard runs, with our id as argument: when its stdin closes, because we have ended or were killed, it kills the
 * groups that are left. Which there are stands in its file 3, unread until then, or until a line on stdin says that it is
 * to catch up, so that it is not woken at each start and each end.
 *
 * One program can be alive and unknown: the one whose start we were in the middle of when we were killed. It is looked for
 * by what only it can have at once: it leads a session and a group, it has the parent that the guard has since we are gone,
 * it was started between the announcement and our end, in hundredths of a second since the system's start, and its
 * command line ends as announced (a script's begins with its interpreter). Only where there is a /proc to look in.
 *
 * Of a group whose leader was reaped the id may be somebody else's by now: not as long as nobody is called by it.
 */
export const guardScript = `
trap '' HUP INT QUIT TERM TSTP
parent=$1 groups=' ' reaped=' ' mark=
without() {
  case $2 in
    *" $1 "*) rest="\${2%%" $1 "*} \${2#*" $1 "}" ;;
    *) rest=$2 ;;
  esac
}
catch_up() {
  while read -r verb word time <&3; do
    case $verb in
      starting) mark=$word since=$time ;;
      started) groups="$groups$word " mark= ;;
      failed) mark= ;;
      reaped) without "$word" "$groups" && groups=$rest reaped="$reaped$word " ;;
      over)
        without "$word" "$groups" && groups=$rest
        without "$word" "$reaped" && reaped=$rest ;;
      now) return ;;
    esac
  done
}
while read -r _; do catch_up; done
catch_up
for id in $groups; do kill -KILL "-$id"; done
for id in $reaped; do [ -d "/proc/$id" ] || kill -KILL "-$id"; done
[ -n "$mark" ] && read -r up _ </proc/uptime && end=\${up%.*}\${up#*.} || exit 0
ending() { tail -c $((\${#mark} / 2)) "/proc/$1/cmdline" | od -An -v -tx1 | tr -d ' \\n'; }
fields() { read -r stat <"/proc/$1/stat" && stat=\${stat##*') '}; }
look() {
  fields $$ || exit 0
  set -- $stat
  reaper=$2
  [ "$reaper" != "$parent" ] || return
  for path in /proc/[0-9]*; do
    id=\${path#/proc/}
    fields "$id" || continue
    set -- $stat
    [ "$2 $3 $4" = "$reaper $id $id" ] && [ "\${20}" -ge "$since" ] && [ "\${20}" -le "$end" ] || continue
    [ "$(ending "$id")" = "$mark" ] && kill -KILL "-$id" && exit 0
  done
}
for try in 1 2 3 4 5 6 7 8 9 10; do
  look
  sleep 0.1
done
`
