import { windowsLaunch } from './windows-launch.ts'
import type { Platform } from './platform.ts'
import { WindowsTree } from './windows-tree.ts'

/**
 * Windows has no process groups: a program's tree is what `taskkill` finds by the parents. A program that has ended leads
 * to nobody any more, and nobody ends the programs of a parent that was killed. Not tested on Windows.
 */
export const windows: Platform = {
  launch: windowsLaunch,
  tree: (pid) => new WindowsTree(pid),
  guard: {
    open: () => undefined,
    starting: () => undefined,
    started: () => undefined,
    notStarted: () => undefined,
    reaped: () => undefined,
    over: () => undefined,
  },
}
