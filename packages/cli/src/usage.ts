/** What the command prints to someone who asks how to use it. */
export const usage = `Usage: rivulet run [options] -- command [argument...]

Runs a command and prints its stdout and stderr as one stream, each line with a
mark for where it came from. Exits with the command's exit code.

  --format text    lines marked 'out' or 'err' (default); in colour on a terminal
  --format jsonl   one event a line: start, output, exit
  --order exact    lines in the order in which they were written (Linux); arrival
                   is the default, auto takes exact where it can
  --contain        also end what leaves the command's process group (Linux)
  --help           this text

Examples:
  rivulet run -- make -j4
  rivulet run --format jsonl -- npm test > run.jsonl
`
