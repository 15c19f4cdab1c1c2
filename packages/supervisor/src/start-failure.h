#ifndef RIVULET_START_FAILURE_H
#define RIVULET_START_FAILURE_H

/** Tells on stderr, in one line, why the program cannot be executed, and gives the exit code that says so: 127 or 126. */
int start_failure_tell(const char *file, int error);

/** The same where it was not tried, since it could have been given no terminal: 125. */
int start_failure_tell_no_pty(const char *file, int error);

#endif
