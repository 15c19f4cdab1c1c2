#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "arguments.h"
#include "ending.h"
#include "frames.h"
#include "loop.h"
#include "output.h"
#include "probe.h"
#include "program.h"
#include "pty-relay.h"
#include "stdin-relay.h"

#define PROTOCOL_VERSION 1
#define EXIT_USAGE 2

/** Nobody but the library ends this process: a signal meant for the program by its name would leave what it started. */
static void hold_signals(void)
{
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, NULL);
  /* Ignored, as it may be inherited, the system would reap our children for us, and tell nothing. */
  signal(SIGCHLD, SIG_DFL);
}

/** A copy here of an end of somebody's pipe would keep that pipe open for as long as the run. */
static void close_others_files(int last_of_ours)
{
#ifdef SYS_close_range
  if (syscall(SYS_close_range, (unsigned)last_of_ours + 1U, ~0U, 0U) == 0)
    return;
#endif
  DIR *open_files = opendir("/proc/self/fd");
  if (open_files == NULL)
    return;
  struct dirent *entry;
  while ((entry = readdir(open_files)) != NULL) {
    int file = (int)strtol(entry->d_name, NULL, 10);
    if (file > last_of_ours && file != dirfd(open_files))
      close(file);
  }
  closedir(open_files);
}

/** What is opened below would else take the place of a standard file that is closed, and become the program's. */
static void fill_standard_files(void)
{
  int file;
  do
    file = open("/dev/null", O_RDWR);
  while (file != -1 && file < LIBRARY);
  if (file >= LIBRARY)
    close(file);
}

static bool library_is_there(void)
{
  struct stat status;
  if (fstat(LIBRARY, &status) == 0 && S_ISSOCK(status.st_mode) && fcntl(LIBRARY, F_SETFD, FD_CLOEXEC) == 0)
    return true;
  fprintf(stderr, "rivulet-supervisor: file 3 has to be a socket, over which it speaks with whoever starts it\n");
  return false;
}

/** The program's file for one of its streams, or -1 with errno. */
static int open_stream(enum stream stream, bool inherited, bool exact)
{
  return inherited ? (int)stream : output_open(stream, exact);
}

/** False with errno where one of them cannot be made. */
static bool open_files(const struct arguments *arguments, int *files)
{
  files[0] = stdin_open();
  if (files[0] == -1)
    return false;
  files[1] = open_stream(STREAM_STDOUT, arguments->inherit_stdout, arguments->exact);
  if (files[1] == -1)
    return false;
  files[2] = open_stream(STREAM_STDERR, arguments->inherit_stderr, arguments->exact);
  return files[2] != -1;
}

/** They are the program's own now: a copy here would keep it from seeing that the other end of a pipe is gone. */
static void give_away(const int *files)
{
  for (int i = 0; i < 3; i++) {
    bool relayed_from = i == STDIN_FILENO && files[i] != STDIN_FILENO;
    if (files[i] > LIBRARY)
      close(files[i]);
    if (!relayed_from)
      close(i);
  }
}

static void tell_made(pid_t process)
{
  frames_made(process);
  frames_send();
}

static struct started start(const struct arguments *arguments)
{
  struct start program = {.cwd = arguments->cwd, .command = arguments->command};
  if (!open_files(arguments, program.files) || !loop_open() || prctl(PR_SET_CHILD_SUBREAPER, 1) == -1)
    return (struct started){.program = -1, .phase = REFUSED_RESOURCES, .error = errno};
  struct started started = program_start(&program, tell_made);
  give_away(program.files);
  return started;
}

static int supervise(const struct arguments *arguments)
{
  struct started started = start(arguments);
  if (started.program == -1) {
    frames_refused(started.phase, started.error);
    frames_send();
  } else {
    frames_started(started.program);
    ending_prepare(started.program, arguments->contain, arguments->kill_after_ms);
    if (!loop_run(arguments->contain))
      return EXIT_FAILURE;
  }
  return frames_wait_until_taken() ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
  (void)argc;
  struct arguments arguments;
  fill_standard_files();
  if (!arguments_parse(argv, &arguments))
    return EXIT_USAGE;
  hold_signals();
  if (arguments.probe) {
    if (!probe())
      return EXIT_FAILURE;
    printf("rivulet-supervisor %d\n", PROTOCOL_VERSION);
    return EXIT_SUCCESS;
  }
  if (arguments.pty_relay) {
    close_others_files(STDERR_FILENO);
    return pty_relay(&arguments);
  }
  if (!library_is_there())
    return EXIT_USAGE;
  close_others_files(LIBRARY);
  return supervise(&arguments);
}
