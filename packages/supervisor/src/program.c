#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "signals.h"

struct report {
  enum refusal phase;
  int error;
};

static _Noreturn void fail(int report_to, enum refusal phase)
{
  struct report report = {.phase = phase, .error = errno};
  /* Its only reader waits for it; where it is gone there is nobody left to tell. */
  ssize_t written = write(report_to, &report, sizeof report);
  _exit(written == sizeof report ? 127 : 126);
}

static _Noreturn void become(const struct start *start, pid_t supervisor, int report_to, int go_from)
{
  setsid();
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  /* Where the supervisor died before that line, no signal will come. */
  if (getppid() != supervisor)
    _exit(126);
  if (start->cwd != NULL && chdir(start->cwd) == -1)
    fail(report_to, REFUSED_CWD);
  for (int file = 0; file < 3; file++) {
    if (start->files[file] != file && dup2(start->files[file], file) == -1)
      fail(report_to, REFUSED_RESOURCES);
  }
  signals_reset();
  /* The pipe is closed when the library has been told of us: a program may end the supervisor with its first breath. */
  char nothing;
  while (read(go_from, &nothing, 1) == -1 && errno == EINTR)
    ;
  execvp(start->command[0], start->command);
  fail(report_to, REFUSED_PROGRAM);
}

static struct started refused(enum refusal phase, int error)
{
  return (struct started){.program = -1, .phase = phase, .error = error};
}

/** The pipe is closed by the exec that succeeds: then there is nothing to read. */
static struct started hear(pid_t child, int report_from)
{
  struct report report;
  ssize_t got;
  do
    got = read(report_from, &report, sizeof report);
  while (got == -1 && errno == EINTR);
  if (got != sizeof report)
    return (struct started){.program = child};
  waitpid(child, NULL, 0);
  return refused(report.phase, report.error);
}

struct started program_start(const struct start *start, void (*made)(pid_t process))
{
  int reports[2];
  int go[2];
  if (pipe2(reports, O_CLOEXEC) == -1)
    return refused(REFUSED_RESOURCES, errno);
  if (pipe2(go, O_CLOEXEC) == -1) {
    int error = errno;
    close(reports[0]);
    close(reports[1]);
    return refused(REFUSED_RESOURCES, error);
  }
  pid_t supervisor = getpid();
  pid_t child = fork();
  if (child == 0) {
    close(go[1]);
    become(start, supervisor, reports[1], go[0]);
  }
  int error = errno;
  if (child > 0)
    made(child);
  close(go[0]);
  close(go[1]);
  close(reports[1]);
  struct started started = child == -1 ? refused(REFUSED_RESOURCES, error) : hear(child, reports[0]);
  close(reports[0]);
  return started;
}
