#include "start-failure.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define EXIT_OWN_FAILURE 125
#define EXIT_NOT_EXECUTABLE 126
#define EXIT_NOT_FOUND 127

/** By the names that a reader can look up; the system has only words for them. */
static const char *name_of(int error)
{
  switch (error) {
  case ENOENT:
    return "ENOENT";
  case EACCES:
    return "EACCES";
  case E2BIG:
    return "E2BIG";
  case ENOEXEC:
    return "ENOEXEC";
  case ELOOP:
    return "ELOOP";
  case ETXTBSY:
    return "ETXTBSY";
  case ENOTDIR:
    return "ENOTDIR";
  case EMFILE:
    return "EMFILE";
  case ENFILE:
    return "ENFILE";
  case EAGAIN:
    return "EAGAIN";
  case ENOMEM:
    return "ENOMEM";
  case ENOSPC:
    return "ENOSPC";
  default:
    return NULL;
  }
}

static const char *why(const char *file, int error)
{
  switch (error) {
  case ENOENT:
    if (strchr(file, '/') == NULL)
      return "not found on PATH";
    return access(file, F_OK) == 0 ? "the interpreter that it names is not there" : "there is no such file";
  case EACCES:
    return "it is not executable, or may not be run by this user";
  case E2BIG:
    return "its arguments and environment are too long for the system; pass less, or use input";
  case EMFILE:
  case ENFILE:
    return "too many files are open; run fewer programs at once";
  case EAGAIN:
    return "too many processes are running; run fewer programs at once";
  default:
    return strerror(error);
  }
}

static void tell(const char *file, const char *what, const char *reason, int error)
{
  const char *name = name_of(error);
  if (name != NULL)
    fprintf(stderr, "rivulet: Cannot start '%s': %s%s (%s)\n", file, what, reason, name);
  else
    fprintf(stderr, "rivulet: Cannot start '%s': %s%s (error %d)\n", file, what, reason, error);
}

int start_failure_tell(const char *file, int error)
{
  tell(file, "", why(file, error), error);
  return error == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_EXECUTABLE;
}

int start_failure_tell_no_pty(const char *file, int error)
{
  const char *reason = error == ENOSPC ? "too many terminals are open" : strerror(error);
  tell(file, "it can be given no terminal: ", reason, error);
  return EXIT_OWN_FAILURE;
}
