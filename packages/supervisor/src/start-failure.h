#ifndef RIVULET_START_FAILURE_H
#define RIVULET_START_FAILURE_H

#include "program.h"

/** Tells on stderr, in one line, why the program was not started, and gives the exit code that says so: 127, 126 or 125. */
int start_failure_tell(const char *file, struct started refused);

/** The same where it was not tried, since it could have been given no terminal. */
int start_failure_tell_no_pty(const char *file, int error);

#endif
