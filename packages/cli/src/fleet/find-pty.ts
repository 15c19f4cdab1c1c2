import { supervisorStatus } from 'rivulet/process'
import type { TerminalSize } from '../screen/terminal-size.ts'
import type { Pty } from './relayed.ts'

/** Looks up how programs are given a terminal of this size. Throws where that cannot be. */
export function findPty(size: TerminalSize): Pty {
  const supervisor = supervisorStatus()
  if (supervisor.available) return { path: supervisor.path, ...size }
  throw new Error(`--pty stdout needs the supervisor, and ${supervisor.reason}; leave it out`)
}
