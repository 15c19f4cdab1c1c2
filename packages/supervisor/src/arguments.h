#ifndef RIVULET_ARGUMENTS_H
#define RIVULET_ARGUMENTS_H

#include <stdbool.h>
#include <stdint.h>

struct arguments {
  bool probe;
  /** Nobody speaks with us: we give the program a terminal for its stdout. Of the rest only the size and the command count. */
  bool pty_relay;
  /** The terminal's size, in characters. */
  unsigned short columns;
  unsigned short rows;
  bool exact;
  bool contain;
  bool inherit_stdout;
  bool inherit_stderr;
  uint64_t kill_after_ms;
  /** NULL: ours. */
  const char *cwd;
  /** The file and its arguments, with a NULL behind them. */
  char **command;
};

/** False where something is wrong, which one line on stderr has told by then. */
bool arguments_parse(char **argv, struct arguments *parsed);

#endif
