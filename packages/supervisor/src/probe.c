#include "probe.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "descendants.h"

static bool missing(const char *what, const char *why)
{
  fprintf(stderr, "rivulet-supervisor: %s: %s\n", what, why);
  return false;
}

static bool try_packets(int *ends)
{
  long page = sysconf(_SC_PAGESIZE);
  if (fcntl(ends[0], F_SETPIPE_SZ, page) != page)
    return missing("this system has no pipes of a single page", strerror(errno));
  if (write(ends[1], "ab", 2) != 2)
    return missing("a packet could not be written to a pipe", strerror(errno));
  /* In packet mode the page is taken by the first, however short, and the second would wait. */
  if (write(ends[1], "c", 1) != -1 || errno != EAGAIN)
    return missing("this system's pipes have no packet mode", "a pipe of one page took a second packet");
  char text[4];
  if (read(ends[0], text, sizeof text) != 2)
    return missing("this system's pipes have no packet mode", "a packet was not read as it was written");
  return true;
}

/** Returns how many events there are: 0 or 1. */
static int look(int epoll)
{
  struct epoll_event event;
  return epoll_wait(epoll, &event, 1, 0);
}

static bool try_edges(int epoll, const int *ends)
{
  struct epoll_event event = {.events = EPOLLIN | EPOLLET};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, ends[0], &event) == -1)
    return missing("this system's epoll takes no pipe", strerror(errno));
  bool once = write(ends[1], "d", 1) == 1 && look(epoll) == 1 && look(epoll) == 0;
  return once || missing("this system's epoll has no edge-triggered events", "one write was not told of exactly once");
}

static bool try_order(void)
{
  int ends[2];
  if (pipe2(ends, O_CLOEXEC | O_DIRECT | O_NONBLOCK) == -1)
    return missing("this system's pipes have no packet mode", strerror(errno));
  int epoll = epoll_create1(EPOLL_CLOEXEC);
  bool works = try_packets(ends) && try_edges(epoll, ends);
  close(epoll);
  close(ends[0]);
  close(ends[1]);
  return works;
}

static void find(const struct process *process, void *context)
{
  pid_t *wanted = context;
  if (process->pid == *wanted)
    *wanted = 0;
}

/** A grandchild whose parent has ended is to become a child of ours, and to be seen as such. */
static bool try_family(void)
{
  int pids[2];
  if (prctl(PR_SET_CHILD_SUBREAPER, 1) == -1)
    return missing("this system has no subreapers", strerror(errno));
  if (pipe2(pids, O_CLOEXEC) == -1)
    return missing("no pipe could be made", strerror(errno));
  pid_t child = fork();
  if (child == -1)
    return missing("no process could be started", strerror(errno));
  if (child == 0) {
    pid_t grandchild = fork();
    if (grandchild == 0) {
      for (;;)
        pause();
    }
    _exit(write(pids[1], &grandchild, sizeof grandchild) != sizeof grandchild);
  }
  pid_t grandchild = -1;
  waitpid(child, NULL, 0);
  if (read(pids[0], &grandchild, sizeof grandchild) != sizeof grandchild || grandchild == -1)
    return missing("no process could be started", "fork failed");
  pid_t wanted = grandchild;
  descendants_visit(find, &wanted);
  kill(grandchild, SIGKILL);
  bool inherited = waitpid(grandchild, NULL, 0) == grandchild;
  close(pids[0]);
  close(pids[1]);
  if (!inherited)
    return missing("this system has no subreapers", "an orphan did not become a child of the supervisor");
  return wanted == 0 || missing("/proc does not list a process's children", "it needs CONFIG_PROC_CHILDREN");
}

static bool try_signals(void)
{
  sigset_t children;
  sigemptyset(&children);
  sigaddset(&children, SIGCHLD);
  int file = signalfd(-1, &children, SFD_CLOEXEC);
  if (file == -1)
    return missing("this system has no signalfd", strerror(errno));
  close(file);
  return true;
}

bool probe(void)
{
  if (!descendants_visible())
    return missing("/proc is not mounted, or tells of other processes than ours", "/proc/self is not this process");
  return try_order() && try_signals() && try_family();
}
