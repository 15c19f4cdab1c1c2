#ifndef RIVULET_PTY_H
#define RIVULET_PTY_H

#include <stdbool.h>

struct pty {
  /** What we read what is printed from. Reading it does not wait. */
  int master;
  /** What becomes the program's stdout. */
  int slave;
};

/**
 * Opens a terminal of this size, which is nobody's controlling terminal, echoes nothing and passes on what is printed as it is.
 * False with errno.
 */
bool pty_open(unsigned short columns, unsigned short rows, struct pty *pty);

#endif
