#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Programs whose processes are hard to end. Each ends by itself after half a minute, whatever becomes of the test. */

#define LONGEST_LIFE 30U

static pid_t start_process(void)
{
  pid_t child = fork();
  /* Alarms are not inherited. */
  if (child == 0)
    alarm(LONGEST_LIFE);
  return child;
}

static void say(const char *text)
{
  if (write(1, text, strlen(text)) == -1)
    exit(9);
}

static void let_go_of_files(void)
{
  for (int file = 0; file < 3; file++)
    close(file);
}

/* Leaves its parents, its session and its files, twice, and will not be asked to end. */
static void become_daemon(void)
{
  signal(SIGTERM, SIG_IGN);
  for (int times = 0; times < 2; times++) {
    if (start_process() != 0)
      _exit(0);
    setsid();
  }
}

static void daemon_like(void)
{
  if (start_process() == 0) {
    become_daemon();
    say("ready\n");
    let_go_of_files();
    for (;;)
      pause();
  }
  wait(NULL);
}

/* Never the same process for long: each has a successor, and ends. */
static void comet(void)
{
  time_t end = time(NULL) + LONGEST_LIFE;
  become_daemon();
  say("ready\n");
  let_go_of_files();
  while (time(NULL) < end) {
    if (start_process() != 0)
      _exit(0);
    setsid();
  }
}

/* Each process has children in sessions of their own as fast as it can, until there were so many in all: a number that the
   machine bears even if nobody ends them. */
static void bomb(int limit)
{
  atomic_int *started = mmap(NULL, sizeof *started, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  signal(SIGTERM, SIG_IGN);
  for (;;) {
    int number = atomic_fetch_add(started, 1);
    if (number >= limit)
      for (;;)
        pause();
    if (start_process() == 0)
      setsid();
    else if (number == limit / 4)
      say("many\n");
  }
}

static _Noreturn void stay(void)
{
  say("ready\n");
  for (;;)
    pause();
}

/* Will not be asked to end, and ends when its child has: so the child is to be asked itself. */
static void await_child(void)
{
  wait(NULL);
  exit(0);
}

static void ignore_being_asked(void)
{
  signal(SIGTERM, SIG_IGN);
}

static pid_t start_outside(void)
{
  pid_t child = start_process();
  if (child == 0) {
    setsid();
    signal(SIGTERM, SIG_DFL);
  }
  return child;
}

static void *stay_as_thread(void *nothing)
{
  (void)nothing;
  stay();
}

/* The child looks like a zombie: its first thread has ended, another goes on. */
static void headless(void)
{
  pthread_t thread;
  ignore_being_asked();
  if (start_outside() == 0) {
    pthread_create(&thread, NULL, stay_as_thread, NULL);
    pthread_exit(NULL);
  }
  await_child();
}

static void *have_child(void *nothing)
{
  if (start_outside() == 0)
    stay();
  await_child();
  return nothing;
}

/* The child is one of a thread that is not the first. */
static void threaded(void)
{
  pthread_t thread;
  ignore_being_asked();
  pthread_create(&thread, NULL, have_child, NULL);
  for (;;)
    pause();
}

/* The child has a name that reads like the end of its line in /proc/<pid>/stat. */
static void misleading(void)
{
  ignore_being_asked();
  if (start_outside() == 0) {
    prctl(PR_SET_NAME, ") Z 1 1 1 (");
    stay();
  }
  await_child();
}

/* A child outside of the group that has ended, and that nobody reaps. */
static void zombie(void)
{
  if (start_outside() == 0)
    _exit(0);
  siginfo_t info;
  waitid(P_ALL, 0, &info, WEXITED | WNOWAIT);
  stay();
}

int main(int argc, char **argv)
{
  const char *how = argc > 1 ? argv[1] : "";
  alarm(LONGEST_LIFE);
  if (strcmp(how, "daemon") == 0)
    daemon_like();
  else if (strcmp(how, "comet") == 0)
    comet();
  else if (strcmp(how, "bomb") == 0)
    bomb(argc > 2 ? atoi(argv[2]) : 0);
  else if (strcmp(how, "headless") == 0)
    headless();
  else if (strcmp(how, "threaded") == 0)
    threaded();
  else if (strcmp(how, "zombie") == 0)
    zombie();
  else if (strcmp(how, "misleading") == 0)
    misleading();
  else
    return 8;
  return 0;
}
