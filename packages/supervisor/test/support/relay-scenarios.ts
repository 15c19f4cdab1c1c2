import { expect } from 'vitest'
import { Relay } from './relay.ts'
import type { RelayStart } from './relay.ts'

/** A relay that goes through a part of its code, to the end of the program. */
export type RelayScenario = (start: RelayStart) => Promise<Relay>

/** One of each kind, for those who look for mistakes while they run; what they do in detail is tested elsewhere. */
export const relayScenarios: Record<string, RelayScenario> = {
  'a program that prints much': async (start) => {
    const relay = new Relay(['head', '-c', '3000000', '/dev/zero'], start)
    expect(await relay.ended).toEqual({ code: 0, signal: null })
    return relay
  },

  'a program that is signalled': async (start) => {
    const relay = new Relay(['sh', '-c', 'trap "exit 5" TERM; echo ready; while :; do sleep 0.01; done'], start)
    await relay.printed('ready')
    relay.signal('SIGTERM')
    expect(await relay.ended).toEqual({ code: 5, signal: null })
    return relay
  },

  'a program that closes its stdout before it ends': async (start) => {
    const relay = new Relay(['sh', '-c', 'exec >&-; sleep 0.05; exit 4'], start)
    expect(await relay.ended).toEqual({ code: 4, signal: null })
    return relay
  },

  'a program that leaves somebody behind, who is told to end': async (start) => {
    const relay = new Relay(['sh', '-c', 'sleep 1000 & echo ready'], start)
    expect(await relay.ended).toEqual({ code: 0, signal: null })
    relay.signal('SIGTERM')
    return relay
  },

  'a copier that is told to end': async (start) => {
    const relay = new Relay(['sh', '-c', 'setsid sh -c "echo \\$\\$.; exec sleep 1000" & read line'], start)
    await relay.printed('.')
    relay.process.stdin.end('\n')
    await relay.ended
    relay.signal('SIGTERM')
    await relay.closed
    process.kill(Number.parseInt(relay.stdout), 'SIGKILL')
    return relay
  },

  'a reader that leaves': async (start) => {
    const relay = new Relay(['yes'], start)
    await relay.printed('y')
    relay.process.stdout.destroy()
    expect(await relay.ended).toEqual({ code: 1, signal: null })
    return relay
  },

  'a program that there is not': async (start) => {
    const relay = new Relay(['/nowhere'], start)
    expect(await relay.ended).toEqual({ code: 127, signal: null })
    return relay
  },
}
