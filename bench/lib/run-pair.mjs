import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('../measure.mjs', import.meta.url))

/** What some of the peers need, where the runtime has it. */
const flags = ['--experimental-stream-iter'].filter((flag) => process.allowedNodeEnvironmentFlags.has(flag))

/** Far above what any pair needs: what is stopped by it hangs. */
const limitMs = 300_000

/** Measures a pair in a fresh process. What goes wrong there is a result as well. */
export function runPair(settings) {
  return new Promise((resolve) => {
    const child = fork(script, [JSON.stringify(settings)], {
      execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning', ...flags],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      timeout: limitMs,
      killSignal: 'SIGKILL',
    })
    let complaint = ''
    let measured
    child.stderr.on('data', (text) => (complaint = `${complaint}${text}`.slice(-2000)))
    child.on('message', (message) => (measured = message))
    child.on('close', (code, signal) => {
      const lastLine = complaint.match(/^\w*Error.*$/m)?.[0] ?? `ended with ${signal ?? code}`
      resolve(measured ?? { error: signal === 'SIGKILL' ? 'does not end' : lastLine })
    })
  })
}
