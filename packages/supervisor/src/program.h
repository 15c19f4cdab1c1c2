#ifndef RIVULET_PROGRAM_H
#define RIVULET_PROGRAM_H

#include <stdbool.h>
#include <sys/types.h>

#include "frames.h"

struct start {
  const char *cwd;
  char **command;
  /** What becomes the program's files 0 to 2. */
  int files[3];
};

struct started {
  /** -1 where it was refused. */
  pid_t program;
  enum refusal phase;
  int error;
};

/**
 * Starts the program in a session of its own, and returns when it runs, or when it is known that it cannot. `made` is told of its
 * process before the program can do anything.
 */
struct started program_start(const struct start *start, void (*made)(pid_t process));

#endif
