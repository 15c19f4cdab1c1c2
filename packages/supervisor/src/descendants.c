#include "descendants.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** Whoever finds no place is found by a later visit: when its parents are killed it becomes our own child. */
#define LONGEST_LIST 16384U

static pid_t list[LONGEST_LIST];
static size_t listed;

static void list_number(long number)
{
  if (number > 0 && listed < LONGEST_LIST)
    list[listed++] = (pid_t)number;
}

/** Adds the children that one thread has; they are numbers between spaces. */
static void list_children_of_thread(pid_t process, long thread)
{
  char path[64];
  snprintf(path, sizeof path, "/proc/%ld/task/%ld/children", (long)process, thread);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file == -1)
    return;
  char text[4096];
  long number = 0;
  ssize_t got;
  while ((got = read(file, text, sizeof text)) > 0) {
    for (ssize_t i = 0; i < got; i++) {
      bool digit = text[i] >= '0' && text[i] <= '9';
      if (!digit)
        list_number(number);
      number = digit ? number * 10 + (text[i] - '0') : 0;
    }
  }
  list_number(number);
  close(file);
}

static void list_children(pid_t process, long threads)
{
  if (threads == 1) {
    list_children_of_thread(process, (long)process);
    return;
  }
  char path[64];
  snprintf(path, sizeof path, "/proc/%ld/task", (long)process);
  DIR *directory = opendir(path);
  if (directory == NULL)
    return;
  struct dirent *entry;
  while ((entry = readdir(directory)) != NULL) {
    if (entry->d_name[0] != '.')
      list_children_of_thread(process, strtol(entry->d_name, NULL, 10));
  }
  closedir(directory);
}

/** Gives the number of its threads, or 0 where there is no such process any more. */
static long look_at(pid_t pid, struct process *process)
{
  char path[64];
  snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file == -1)
    return 0;
  char text[1024];
  ssize_t got = read(file, text, sizeof text - 1);
  close(file);
  if (got <= 0)
    return 0;
  text[got] = '\0';
  /* The name before it may hold spaces, parentheses and whole lines that look like these. */
  const char *behind_name = strrchr(text, ')');
  char state = '\0';
  int group = 0;
  int session = 0;
  long threads = 0;
  if (behind_name == NULL || sscanf(behind_name + 1,
            " %c %*d %d %d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %ld",
            &state, &group, &session, &threads) != 4)
    return 0;
  /* One whose first thread has ended looks like a zombie, and lives as long as another thread does. */
  bool ended = (state == 'Z' && threads <= 1) || state == 'X';
  *process = (struct process){.pid = pid, .group = group, .session = session, .lives = !ended};
  const char *name = strchr(text, '(');
  process->is_copier = strncmp(name, "(" COPIER_NAME ")", (size_t)(behind_name + 1 - name)) == 0;
  return threads;
}

bool descendants_visible(void)
{
  char target[32];
  ssize_t length = readlink("/proc/self", target, sizeof target - 1);
  if (length <= 0)
    return false;
  target[length] = '\0';
  return strtol(target, NULL, 10) == (long)getpid();
}

void descendants_visit(void (*meet)(const struct process *process, void *context), void *context)
{
  listed = 0;
  /* It would name others' processes by these numbers, and they would be signalled. */
  if (!descendants_visible())
    return;
  list_children_of_thread(getpid(), (long)getpid());
  for (size_t next = 0; next < listed; next++) {
    struct process process;
    long threads = look_at(list[next], &process);
    if (threads == 0)
      continue;
    meet(&process, context);
    if (process.lives)
      list_children(process.pid, threads);
  }
}
