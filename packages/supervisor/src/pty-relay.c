#include "pty-relay.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "descendants.h"
#include "pty-copier.h"
#include "pty.h"
#include "signals.h"
#include "start-failure.h"

/** -1 with errno. */
static int open_terminations(void)
{
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, SIGTERM);
  return signalfd(-1, &only, SFD_CLOEXEC | SFD_NONBLOCK);
}

/** All signals are blocked in it, so that it lives to give what the program prints at its end. */
static _Noreturn void run_copier(const struct pty *pty, const struct pty_copier *copier)
{
  /* Held here, the terminal would never end, and whoever waits for the end of these two would wait for us. */
  close(pty->slave);
  close(STDIN_FILENO);
  close(STDERR_FILENO);
  prctl(PR_SET_NAME, COPIER_NAME);
  pty_copier_run(copier);
  _exit(0);
}

/** It is nobody's child that the program could wait for. False with errno. */
static bool start_copier(const struct pty *pty, const struct pty_copier *copier)
{
  pid_t between = fork();
  if (between == -1)
    return false;
  if (between == 0) {
    pid_t process = fork();
    if (process == 0)
      run_copier(pty, copier);
    _exit(process == -1 ? errno : 0);
  }
  int wait_status;
  if (waitpid(between, &wait_status, 0) == -1)
    return false;
  errno = WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : EAGAIN;
  return errno == 0;
}

static bool open_all(const struct arguments *arguments, struct pty *pty, struct pty_copier *copier)
{
  if (!pty_open(arguments->columns, arguments->rows, pty))
    return false;
  *copier = (struct pty_copier){
    .terminal = pty->master,
    .program = getpid(),
    .terminations = open_terminations(),
  };
  return copier->terminations != -1;
}

int pty_relay(const struct arguments *arguments)
{
  char **command = arguments->command;
  struct pty pty;
  struct pty_copier copier;
  if (!open_all(arguments, &pty, &copier) || !start_copier(&pty, &copier) || dup2(pty.slave, STDOUT_FILENO) == -1)
    return start_failure_tell_no_pty(command[0], errno);
  signals_reset();
  execvp(command[0], command);
  return start_failure_tell(command[0], errno);
}
