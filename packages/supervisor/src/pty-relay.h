#ifndef RIVULET_PTY_RELAY_H
#define RIVULET_PTY_RELAY_H

#include "arguments.h"

/**
 * Runs the program in our own process group, with a terminal for its stdout, and copies what it prints there to ours. Returns its
 * exit code; where a signal ended it, we end by the same.
 */
int pty_relay(const struct arguments *arguments);

#endif
