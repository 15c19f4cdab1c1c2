#ifndef RIVULET_LOOP_H
#define RIVULET_LOOP_H

#include <stdbool.h>

/** Watches for everything but the program's output and input, which come with it. False with errno where it cannot. */
bool loop_open(void);

/** Serves the run until it is over. Returns whether the library has heard of that. */
bool loop_run(bool contain);

#endif
