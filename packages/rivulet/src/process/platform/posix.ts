import { ShellGuard } from './shell-guard.ts'
import type { Platform } from './platform.ts'
import { ProcessGroup } from './process-group.ts'

/** Linux and macOS: a program leads a session and a process group of its own, by which all of it is reached. */
export const posix: Platform = {
  launch: ([file = '', ...args]) => ({ file, args, options: { detached: true } }),
  tree: (pid) => new ProcessGroup(pid),
  guard: new ShellGuard(),
}
