#ifndef RIVULET_PTY_RELAY_H
#define RIVULET_PTY_RELAY_H

#include "arguments.h"

/**
 * Becomes the program, with a terminal for its stdout; a process of its own in our group copies what is printed there to what was
 * our stdout. Returns only where that cannot be, which is told by then: the exit code.
 */
int pty_relay(const struct arguments *arguments);

#endif
