#ifndef RIVULET_PTY_COPIER_H
#define RIVULET_PTY_COPIER_H

#include <sys/types.h>

struct pty_copier {
  /** What is read of the terminal; reading it does not wait. */
  int terminal;
  /** Whose group is ours too, so that its number is nobody else's for as long as we are here. */
  pid_t program;
  /** Readable when SIGTERM came, which is blocked. */
  int terminations;
};

/**
 * Copies what is printed on the terminal to our stdout, until nobody can print there any more, nobody reads us, or we are told to
 * end when the program has. Has to be the only thing that its process does, since its end is what closes both.
 */
void pty_copier_run(const struct pty_copier *copier);

#endif
