import type { ShowRequest } from './show-style.ts'

/** How events are shown, and where: what was asked for, and what the caller has looked up. */
export interface PresenterStyle extends ShowRequest {
  isStdoutTerminal: boolean
  isStderrTerminal: boolean
  /** Whether both end at the same terminal, file or pipe, and so share one current line. */
  isShared: boolean
  /** The names that are known beforehand; each is padded to the longest. Others may come. */
  names: readonly string[]
  /** Whether the end of a command without a name is told as that of any other: of a live run our exit code tells it. */
  isExitTold?: boolean
  env: ColorEnvironment
}

/** What the environment says of colour. */
export interface ColorEnvironment {
  NO_COLOR?: string | undefined
  FORCE_COLOR?: string | undefined
  TERM?: string | undefined
}
