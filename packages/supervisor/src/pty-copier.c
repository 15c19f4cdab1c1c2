#include "pty-copier.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/signalfd.h>
#include <unistd.h>

/** Milliseconds without a byte after which whoever holds the terminal, and was told to end, has said its last words. */
#define DRAIN_MS 1000

static unsigned char bytes[65536];

/** Our stdout may be one whose writes do not wait. */
static bool wait_for_room(void)
{
  struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
  return poll(&out, 1, -1) != -1 || errno == EINTR;
}

static bool give(size_t size)
{
  for (size_t given = 0; given < size;) {
    ssize_t taken = write(STDOUT_FILENO, bytes + given, size - given);
    if (taken >= 0)
      given += (size_t)taken;
    else if (errno == EAGAIN ? !wait_for_room() : errno != EINTR)
      return false;
  }
  return true;
}

/** Copies all that is there, gathered, since a terminal gives little at a time. False where no more will come, or can be given. */
static bool copy(int terminal)
{
  size_t held = 0;
  ssize_t got;
  do {
    got = read(terminal, bytes + held, sizeof bytes - held);
    if (got > 0)
      held += (size_t)got;
  } while (got > 0 && held < sizeof bytes);
  bool is_over = got == 0 || (got == -1 && errno != EAGAIN && errno != EINTR);
  return give(held) && !is_over;
}

/** One that comes while the program lives is the program's to answer: then this is false. */
static bool is_told_to_end(const struct pty_copier *copier)
{
  struct signalfd_siginfo ignored;
  bool came = false;
  while (read(copier->terminations, &ignored, sizeof ignored) > 0)
    came = true;
  return came && kill(copier->program, 0) == -1 && errno == ESRCH;
}

void pty_copier_run(const struct pty_copier *copier)
{
  struct pollfd files[] = {
    {.fd = copier->terminal, .events = POLLIN},
    /* Its errors alone: nobody reads any more. The program is to see that at its next write. */
    {.fd = STDOUT_FILENO, .events = 0},
    {.fd = copier->terminations, .events = POLLIN},
  };
  bool told_to_end = false;
  for (;;) {
    int count = poll(files, 3, told_to_end ? DRAIN_MS : -1);
    if (count == -1 && errno == EINTR)
      continue;
    if (count <= 0 || files[1].revents != 0)
      return;
    if (files[0].revents != 0 && !copy(copier->terminal))
      return;
    if (files[2].revents != 0)
      told_to_end = is_told_to_end(copier) || told_to_end;
  }
}
