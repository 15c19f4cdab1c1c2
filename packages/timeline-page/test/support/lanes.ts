import type { Attempt, CommandData } from '../../src/format/page-data.ts'
import { CommandRow } from '../../src/record/command-row.ts'
import { LaneTimes } from '../../src/record/lane-times.ts'
import { Lane } from '../../src/record/lane.ts'
import type { OmittedCounts } from '../../src/record/omitted-counts.ts'

/** A lane with a line at each of these times. The numbers of the lines are ten times their positions. */
export function laneOf(times: readonly number[], omitted?: OmittedCounts): Lane {
  const ids = Uint32Array.from(times, (_, position) => 10 * position)
  return new Lane(new LaneTimes(Float64Array.from(times), ids), omitted)
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
