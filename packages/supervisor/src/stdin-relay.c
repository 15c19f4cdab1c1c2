#include "stdin-relay.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static int pipe_end = -1;
static bool whole;
/** Nothing more comes from the socket. */
static bool exhausted;

static unsigned char held[65536];
static size_t held_from;
static size_t held_to;

static bool is_socket(int file)
{
  struct stat status;
  return fstat(file, &status) == 0 && S_ISSOCK(status.st_mode);
}

int stdin_open(void)
{
  int ends[2];
  if (!is_socket(STDIN_FILENO))
    return STDIN_FILENO;
  if (pipe2(ends, O_CLOEXEC) == -1)
    return -1;
  /* The flag is of this end alone: the program's reads wait, as every program expects. */
  int flags = fcntl(ends[1], F_GETFL);
  if (flags == -1 || fcntl(ends[1], F_SETFL, flags | O_NONBLOCK) == -1) {
    int error = errno;
    close(ends[0]);
    close(ends[1]);
    errno = error;
    return -1;
  }
  pipe_end = ends[1];
  return ends[0];
}

int stdin_file(void)
{
  return pipe_end;
}

void stdin_close(void)
{
  if (pipe_end == -1)
    return;
  close(pipe_end);
  close(STDIN_FILENO);
  pipe_end = -1;
}

void stdin_whole(void)
{
  whole = true;
  if (exhausted)
    stdin_close();
}

/** Takes more from the socket once all that is held was given on. Returns whether there is something to give. */
static bool take(void)
{
  if (held_from < held_to)
    return true;
  ssize_t got = recv(STDIN_FILENO, held, sizeof held, MSG_DONTWAIT);
  if (got == -1 && (errno == EAGAIN || errno == EINTR))
    return false;
  if (got <= 0) {
    exhausted = true;
    if (whole)
      stdin_close();
    return false;
  }
  held_from = 0;
  held_to = (size_t)got;
  return true;
}

bool stdin_move(void)
{
  if (pipe_end == -1 || !take())
    return false;
  ssize_t given = write(pipe_end, held + held_from, held_to - held_from);
  if (given >= 0) {
    held_from += (size_t)given;
    return true;
  }
  if (errno != EAGAIN && errno != EINTR)
    stdin_close();
  return false;
}
