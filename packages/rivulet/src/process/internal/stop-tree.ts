import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises'
import { StopPlan } from '../stop.ts'
import type { ProcessTree } from './platform/platform.ts'

/** Carries out the plan until nobody of the tree lives, and whoever helped with it has ended. */
export async function stopTree(tree: ProcessTree, killAfterMs: number, exited: Promise<void>): Promise<void> {
  const plan = new StopPlan(killAfterMs)
  const sinceMs = performance.now()
  let wake: (() => void) | undefined
  void exited.then(() => wake?.())
  while (tree.isAlive()) {
    const elapsedMs = performance.now() - sinceMs
    for (const killSignal of plan.due(elapsedMs)) {
      // Who runs as another user cannot be killed by us, and is not waited for.
      if (!tree.signal(killSignal) && killSignal === 'SIGKILL') return
    }
    const waited = new AbortController()
    wake = () => waited.abort()
    // It rejects when it is cut short by the exit, which is what was waited for.
    await pause(plan.pauseMs(elapsedMs), undefined, { signal: waited.signal }).catch(() => undefined)
    // Many that end at once are looked for in one turn, and so together.
    await turn()
  }
  await exited
  await tree.helpersEnded()
}
