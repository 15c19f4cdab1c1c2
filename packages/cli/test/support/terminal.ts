import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { withRivulet } from './rivulet.ts'
import { TerminalScreen } from './terminal-screen.ts'

/** The terminals' size, in characters. */
export const columns = 60
const rows = 20

/** A real terminal, made by `script`, on which a shell runs a line in which `rivulet` is the command. */
export class Terminal {
  readonly process: ChildProcessByStdio<Writable, Readable, null>
  readonly screen = new TerminalScreen()
  /** All that was written. */
  bytes = ''
  readonly ended: Promise<number | null>
  readonly #waiting = new Set<() => void>()

  constructor(line: string) {
    const env = { ...withRivulet, PS1: '$ ', SHELL: '/bin/bash' }
    const script = `stty cols ${columns} rows ${rows} -echoctl; ${line}`
    this.process = spawn('script', ['--quiet', '--flush', '--return', '--command', script, '/dev/null'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env,
    })
    this.process.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.bytes += text
      this.screen.write(text)
      for (const resolve of this.#waiting) resolve()
      this.#waiting.clear()
    })
    this.ended = once(this.process, 'close').then(([code]) => code as number | null)
    onTestFinished(() => void this.process.kill('SIGTERM'))
  }

  /** Presses keys. */
  type(keys: string): void {
    this.process.stdin.write(keys)
  }

  /** Resolves when the screen looks so. It is for the test's own timeout to give up. */
  async shows(wanted: string | RegExp | ((screen: TerminalScreen) => boolean)): Promise<void> {
    const isSeen = (): boolean => {
      if (typeof wanted === 'function') return wanted(this.screen)
      return typeof wanted === 'string' ? this.screen.text.includes(wanted) : wanted.test(this.screen.text)
    }
    while (!isSeen()) await new Promise<void>((resolve) => this.#waiting.add(resolve))
  }
}
