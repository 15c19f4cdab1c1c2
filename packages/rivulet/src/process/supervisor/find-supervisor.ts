import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { limitReached } from '../program/spawn-error.ts'

/** Whether this machine has the supervisor, and where; or why it has not, in one sentence. */
export type SupervisorStatus =
  { readonly available: true; readonly path: string } | { readonly available: false; readonly reason: string }

/** What a supervisor prints that speaks our protocol. */
const wantedVersion = 'rivulet-supervisor 1'
/** There is a package for each of these. */
const platforms = ['linux-x64', 'linux-arm64']
/** A probe takes milliseconds; one that takes this long hangs. */
const probeTimeoutMs = 10_000

/** How a probe ended. */
export interface Probe {
  readonly code: number | null
  readonly signalCode: string | null
  readonly stdout: string
  readonly stderr: string
}

/** Where we are, and how to look at it. */
export interface Machine {
  readonly platform: string
  readonly arch: string
  /** The path of a module. Throws if there is none. */
  readonly resolve: (specifier: string) => string
  /** Throws if it cannot be started or does not end in time. */
  readonly probe: (path: string) => Probe
}

export const thisMachine: Machine = {
  platform: process.platform,
  arch: process.arch,
  resolve: (specifier) => createRequire(import.meta.url).resolve(specifier),
  probe: (path) => {
    const ended = spawnSync(path, ['--probe'], {
      env: {},
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      timeout: probeTimeoutMs,
      killSignal: 'SIGKILL',
    })
    const { error, status, signal, stdout, stderr } = ended
    if (error !== undefined) throw error
    // If Deno may not start it, this is an empty object.
    if (!Object.hasOwn(ended, 'status')) throw new Error('refused by the runtime')
    return { code: status, signalCode: signal, stdout, stderr }
  },
}

/** A status, and whether it may be different the next time. */
export interface Found {
  status: SupervisorStatus
  isTemporary: boolean
}

/** Looks for the supervisor's package and tries what is in it. */
export function findSupervisor(machine: Machine): Found {
  const path = packagedPath(machine)
  if (typeof path !== 'string') return { status: path, isTemporary: false }
  try {
    return { status: statusOf(path, machine.probe(path)), isTemporary: false }
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    const limit = limitReached(code)
    const why = limit ?? (code === '' ? message : code)
    const reason = code === 'ETIMEDOUT' ? `${path} did not answer` : `${path} cannot be started (${why})`
    return { status: missing(reason), isTemporary: limit !== undefined || code === 'ETIMEDOUT' }
  }
}

function packagedPath({ platform, arch, resolve }: Machine): string | SupervisorStatus {
  const target = `${platform}-${arch}`
  if (!platforms.includes(target)) return missing(`there is none for ${target}, only for ${platforms.join(' and ')}`)
  const name = `@rivulet/supervisor-${target}`
  try {
    return join(dirname(resolve(`${name}/package.json`)), 'bin/rivulet-supervisor')
  } catch {
    return missing(`the package ${name} is not installed: install rivulet without leaving out optional dependencies`)
  }
}

/** What its probe says about the binary. */
function statusOf(path: string, { code, signalCode, stdout, stderr }: Probe): SupervisorStatus {
  if (signalCode !== null) return missing(`${path} was ended by ${signalCode}`)
  const version = stdout.trim()
  if (code === 0 && version === wantedVersion) return { available: true, path }
  if (code === 0) return missing(`${path} answers '${version}' where this version of rivulet needs '${wantedVersion}'`)
  const [said = ''] = stderr.trim().split('\n')
  // With code 1 the supervisor itself says what the system lacks. Any other code may be a shell's that took it for a script.
  return missing(code === 1 && said !== '' ? said : `${path} exited with code ${String(code)}${said && `: ${said}`}`)
}

function missing(reason: string): SupervisorStatus {
  return { available: false, reason }
}
