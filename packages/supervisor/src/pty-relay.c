#include "pty-relay.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "program.h"
#include "pty.h"
#include "start-failure.h"

/** Milliseconds without a byte after which a terminal that outlives the program is let go, as the library does it with pipes. */
#define DRAIN_MS 1000

/** What is read of the terminal; -1 when nobody can write to it any more, or nobody reads us. */
static int terminal = -1;
static int children_from = -1;

static unsigned char bytes[65536];

static bool ended;
static int wait_status;

static void close_terminal(void)
{
  close(terminal);
  terminal = -1;
  /* Our reader sees the end when the program's reader would have. */
  close(STDOUT_FILENO);
}

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

/** Copies all that is there. A terminal gives little at a time, and what is given on together is read together. */
static void copy(void)
{
  size_t held = 0;
  ssize_t got;
  do {
    got = read(terminal, bytes + held, sizeof bytes - held);
    if (got > 0)
      held += (size_t)got;
  } while (got > 0 && held < sizeof bytes);
  bool over = got == 0 || (got == -1 && errno != EAGAIN && errno != EINTR);
  if (!give(held) || over)
    close_terminal();
}

static void reap(pid_t program)
{
  struct signalfd_siginfo ignored;
  while (read(children_from, &ignored, sizeof ignored) > 0)
    ;
  ended = ended || waitpid(program, &wait_status, WNOHANG) == program;
}

static void relay(pid_t program)
{
  while (terminal != -1 || !ended) {
    struct pollfd files[] = {{.fd = terminal, .events = POLLIN}, {.fd = children_from, .events = POLLIN}};
    int count = poll(files, 2, ended ? DRAIN_MS : -1);
    if (count == 0)
      return;
    if (files[1].revents != 0)
      reap(program);
    if (files[0].revents != 0)
      copy();
  }
}

static int end_as_it_did(void)
{
  if (WIFEXITED(wait_status))
    return WEXITSTATUS(wait_status);
  int number = WTERMSIG(wait_status);
  /* The program has dumped its core, if any. */
  prctl(PR_SET_DUMPABLE, 0);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, number);
  signal(number, SIG_DFL);
  raise(number);
  sigprocmask(SIG_UNBLOCK, &only, NULL);
  return 128 + number;
}

static void tell_nobody(pid_t process)
{
  (void)process;
}

/** -1 with errno. */
static int open_children(void)
{
  sigset_t children;
  sigemptyset(&children);
  sigaddset(&children, SIGCHLD);
  return signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
}

int pty_relay(const struct arguments *arguments)
{
  struct pty pty;
  children_from = open_children();
  if (children_from == -1 || !pty_open(arguments->columns, arguments->rows, &pty))
    return start_failure_tell_no_pty(arguments->command[0], errno);
  struct start program = {
    .command = arguments->command,
    .files = {STDIN_FILENO, pty.slave, STDERR_FILENO},
    .in_our_group = true,
  };
  struct started started = program_start(&program, tell_nobody);
  if (started.program == -1)
    return start_failure_tell(arguments->command[0], started);
  /* They are the program's own now: a copy here would keep it from seeing that the other end of a pipe is gone. */
  close(pty.slave);
  close(STDIN_FILENO);
  close(STDERR_FILENO);
  terminal = pty.master;
  relay(started.program);
  return end_as_it_did();
}
