#include "loop.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "control.h"
#include "delivery.h"
#include "ending.h"
#include "frames.h"
#include "output.h"
#include "stdin-relay.h"

/** What an event is about. The streams come first, by their own numbers. */
enum watched { WATCHED_LIBRARY = 3, WATCHED_CHILDREN, WATCHED_STDIN_FROM, WATCHED_STDIN_TO, WATCHED_COUNT };

/** Milliseconds. */
#define LONGEST_MISSED_MS 50

static int events_from = -1;
static int children_from = -1;

/** Nobody reads our frames any more. */
static bool library_lost;
static bool over_told;
static bool stdin_ready;

static bool watch(int file, uint32_t events, uint32_t what)
{
  struct epoll_event event = {.events = events | EPOLLET, .data = {.u32 = what}};
  return epoll_ctl(events_from, EPOLL_CTL_ADD, file, &event) == 0;
}

static bool watch_stream(enum stream stream)
{
  int file = output_file(stream);
  return file == -1 || watch(file, EPOLLIN, stream);
}

bool loop_open(void)
{
  sigset_t children;
  sigemptyset(&children);
  sigaddset(&children, SIGCHLD);
  events_from = epoll_create1(EPOLL_CLOEXEC);
  children_from = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
  if (events_from == -1 || children_from == -1 || !watch(children_from, EPOLLIN, WATCHED_CHILDREN) ||
      !watch(LIBRARY, EPOLLIN | EPOLLOUT | EPOLLRDHUP, WATCHED_LIBRARY) || !watch_stream(STREAM_STDOUT) ||
      !watch_stream(STREAM_STDERR))
    return false;
  if (stdin_file() == -1)
    return true;
  stdin_ready = true;
  return watch(STDIN_FILENO, EPOLLIN | EPOLLRDHUP, WATCHED_STDIN_FROM) && watch(stdin_file(), EPOLLOUT, WATCHED_STDIN_TO);
}

static void lose_library(void)
{
  if (library_lost)
    return;
  library_lost = true;
  output_drop();
  ending_kill();
}

static void hear_library(void)
{
  while (!library_lost) {
    struct control control = control_next();
    if (control.verb == VERB_NONE)
      return;
    if (control.verb == VERB_LOST) {
      lose_library();
    } else if (control.verb == VERB_SIGNAL) {
      ending_signal(control.signal);
    } else if (control.verb == VERB_INPUT_ENDED) {
      stdin_whole();
    } else {
      ending_begin();
    }
  }
}

static void reap(void)
{
  /* One signal may stand for many ends: it says only that it is worth looking. */
  struct signalfd_siginfo ignored;
  while (read(children_from, &ignored, sizeof ignored) > 0)
    ;
  int status;
  if (ending_reap(&status) && !library_lost)
    frames_exited(status);
}

/** What the last look for events found. */
static int events_found;

/** Returns whether children have ended. */
static bool take_events(int timeout)
{
  struct epoll_event events[WATCHED_COUNT];
  bool children_ended = false;
  events_found = epoll_wait(events_from, events, WATCHED_COUNT, timeout);
  delivery_note_quiet(events_found == 0);
  for (int i = 0; i < events_found; i++) {
    uint32_t flags = events[i].events;
    switch (events[i].data.u32) {
    case STREAM_STDOUT:
    case STREAM_STDERR:
      output_note((enum stream)events[i].data.u32, (flags & EPOLLHUP) != 0);
      break;
    case WATCHED_LIBRARY:
      if ((flags & EPOLLOUT) != 0)
        delivery_note_taken();
      if ((flags & ~(uint32_t)EPOLLOUT) != 0)
        hear_library();
      break;
    case WATCHED_CHILDREN:
      children_ended = true;
      break;
    case WATCHED_STDIN_TO:
      if ((flags & EPOLLERR) != 0)
        stdin_close();
      stdin_ready = true;
      break;
    default:
      stdin_ready = true;
    }
  }
  return children_ended;
}

static void deliver(void)
{
  if (!library_lost && !delivery_try(over_told))
    lose_library();
}

static int next_wait(void)
{
  if (output_ready() || stdin_ready || delivery_waits_for_more())
    return 0;
  int wait = over_told ? -1 : ending_wait();
  /* The kernel counts what the library took a moment after its word. Should that ever be missed, it is not for long. */
  bool is_word_due = frames_pending() && !delivery_socket_full();
  return is_word_due && (wait == -1 || wait > LONGEST_MISSED_MS) ? LONGEST_MISSED_MS : wait;
}

/** Waits for events, and looks for packets that no event tells of where a program has made its pipe larger. */
static bool wait_for_events(void)
{
  int wait = next_wait();
  bool untold = wait != 0 && output_untold();
  bool children_ended = take_events(untold ? 0 : wait);
  if (untold && events_found == 0)
    output_note_untold();
  return children_ended;
}

/** The run's own end: nothing that is read is left, and nobody who writes it. */
static bool is_at_its_end(void)
{
  return ending_program_reaped() && output_all_closed();
}

/** Returns whether nobody is left who is to be ended. */
static bool end_who_is_left(bool contain, bool children_ended)
{
  if (!ending_begun() && is_at_its_end()) {
    if (!contain)
      return true;
    ending_begin();
  }
  if (!ending_begun() || (!children_ended && ending_wait() > 0))
    return false;
  return ending_round();
}

bool loop_run(bool contain)
{
  for (;;) {
    bool children_ended = wait_for_events();
    /* What the program printed before its end is told before it. */
    output_answer();
    if (children_ended)
      reap();
    if (stdin_ready)
      stdin_ready = !library_lost && stdin_move();
    if (!over_told && end_who_is_left(contain, children_ended)) {
      if (library_lost)
        return false;
      frames_over(ending_strays());
      over_told = true;
    }
    deliver();
    if (over_told && (library_lost || !frames_pending()))
      return !library_lost;
  }
}
