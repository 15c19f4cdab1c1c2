import type { AttemptSettings } from '../../src/commands/run/fleet/attempt.ts'
import type { FleetRules } from '../../src/commands/run/fleet/fleet-plan.ts'
import type { CommandRequest } from '../../src/commands/run/request.ts'
import type { Selection } from '../../src/commands/show/record-filter.ts'
import type { ShowRequest } from '../../src/commands/show/request.ts'
import type { DisplayRequest, PresenterStyle } from '../../src/present/presenter-style.ts'

/* What the command does if nothing else is asked for. Tests say only what they change. */

/** As `parseDisplay` has it. */
export const display: DisplayRequest = {
  format: 'text',
  timestamps: 'none',
  prefix: undefined,
  color: 'auto',
  to: 'both',
  ansi: 'colors',
}

/** Both streams to the same pipe or file. */
export const pipe: PresenterStyle = {
  ...display,
  isStdoutTerminal: false,
  isStderrTerminal: false,
  isShared: true,
  names: [],
  env: {},
}

/** Both streams to the same terminal, without colours unless they are asked for. */
export const terminal: PresenterStyle = { ...pipe, isStdoutTerminal: true, isStderrTerminal: true, color: 'never' }

/** Everything of a record. */
export const selection: Selection = { only: undefined, names: [], grep: undefined, since: undefined }

/** All of a record at once, as plain text. */
export const showing: Omit<ShowRequest, 'path'> = {
  ...display,
  ...selection,
  format: 'plain',
  color: 'never',
  speed: undefined,
  isFollowing: false,
}

/** A command with a program and nothing else. */
export function command(file: string, changes: Partial<CommandRequest> = {}): CommandRequest {
  return { name: undefined, file, args: [], cwd: undefined, env: {}, ...changes }
}

/** How each command is run. */
export const settings: AttemptSettings = {
  order: 'arrival',
  contain: false,
  timeoutMs: undefined,
  killAfterMs: undefined,
  input: undefined,
  pty: undefined,
  format: 'text',
}

/** One command without a name. */
export const rules: FleetRules = {
  names: [undefined],
  jobs: Infinity,
  restarts: 0,
  onFailure: 'fail-fast',
  success: { kind: 'all' },
}
