import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises'
import type { ProcessTree } from '../platform/platform.ts'
import { StopPlan } from './stop-plan.ts'

/** Carries out the plan until nobody of the tree lives, and the helpers that ended it are gone too. */
export async function stopTree(tree: ProcessTree, killAfterMs: number, exited: Promise<void>): Promise<void> {
  const plan = new StopPlan(killAfterMs)
  const sinceMs = performance.now()
  let wake: (() => void) | undefined
  void exited.then(() => wake?.())
  while (tree.isAlive()) {
    const elapsedMs = performance.now() - sinceMs
    for (const killSignal of plan.due(elapsedMs)) {
      // We cannot kill a process of another user, and do not wait for it.
      if (!tree.signal(killSignal) && killSignal === 'SIGKILL') return
    }
    const waited = new AbortController()
    wake = () => waited.abort()
    // It rejects when the exit that was waited for cuts it short.
    await pause(plan.pauseMs(elapsedMs), undefined, { signal: waited.signal }).catch(() => undefined)
    // Trees that end at the same time are looked for in one turn, and so together.
    await turn()
  }
  await exited
  await tree.helpersEnded()
}
