import { constants, openSync } from 'node:fs'
import { Socket } from 'node:net'

/**
 * Opens a named pipe for reading, from the event loop: a thread that waits for a writer could not be stopped, and would
 * keep our process from ending.
 */
export function openPipe(path: string): Socket {
  return new Socket({ fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK), readable: true, writable: false })
}
