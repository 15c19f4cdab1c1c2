import type { Platform } from './platform.ts'
import { posix } from './posix.ts'
import { windows } from './windows.ts'

/** The platform that we run on. */
export const thisPlatform: Platform = process.platform === 'win32' ? windows : posix
