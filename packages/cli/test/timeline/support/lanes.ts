import type { Attempt, CommandData } from '../../../src/timeline/page-data.ts'
import { CommandRow } from '../../../src/timeline/page/command-row.ts'
import { LaneTimes } from '../../../src/timeline/page/lane-times.ts'
import { Lane } from '../../../src/timeline/page/lane.ts'
import type { UnkeptCounts } from '../../../src/timeline/page/unkept-counts.ts'

/** A lane with a line at each of these times. The numbers of the lines are ten times their positions. */
export function laneOf(times: readonly number[], unkept?: UnkeptCounts): Lane {
  const ids = Uint32Array.from(times, (_, position) => 10 * position)
  return new Lane(new LaneTimes(Float64Array.from(times), ids), unkept)
}

/** A row of a command that ran in these attempts. */
export function rowOf(stdout: Lane, stderr: Lane, attempts: readonly Partial<Attempt>[]): CommandRow {
  const data: CommandData = {
    name: 'make',
    command: 'make',
    attempts: attempts.map((attempt) => ({ startMs: 0, endMs: 0, outcome: null, ...attempt })),
    omittedAttempts: 0,
    stdout: { lines: 0, bytes: 0 },
    stderr: { lines: 0, bytes: 0 },
  }
  return new CommandRow(data, stdout, stderr)
}
