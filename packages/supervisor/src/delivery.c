#include "delivery.h"

#include "frames.h"
#include "output.h"

static bool library_took;
/** The socket takes nothing more before the library has taken something. */
static bool socket_full;
static bool quiet;

void delivery_note_taken(void)
{
  library_took = true;
}

void delivery_note_quiet(bool nothing_happened)
{
  quiet = nothing_happened;
}

/** The rest of a long write comes so soon that one more look is cheaper than a frame of its own. */
static bool more_is_coming(void)
{
  return !quiet && !socket_full && output_expects_more();
}

bool delivery_waits_for_more(void)
{
  return frames_pending() && more_is_coming();
}

bool delivery_socket_full(void)
{
  return socket_full;
}

static bool is_due(bool last)
{
  if (library_took)
    return true;
  if (socket_full)
    return false;
  return last || output_full() || (!more_is_coming() && frames_library_idle());
}

bool delivery_try(bool last)
{
  bool due = frames_pending() && is_due(last);
  library_took = false;
  if (!due)
    return true;
  enum sent sent = frames_send();
  socket_full = sent == SENT_NOT_ALL;
  return sent != SENT_FAILED;
}
