import { spawn, type ChildProcessByStdio } from 'node:child_process'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

type Fixture = ChildProcessByStdio<null, Readable, null>

/** Starts a program of `test/fixtures`, which uses the built library, in a Node of its own. Its stderr is ours by default. */
export function startFixture(
  name: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = process.env,
  stderr: 'inherit' | 'ignore' = 'inherit',
): Fixture {
  const fixture = spawn(process.execPath, [fixturePath(name), ...args], { env, stdio: ['ignore', 'pipe', stderr] })
  // A test that fails leaves nothing running either.
  onTestFinished(() => void fixture.kill('SIGKILL'))
  return fixture
}

export function fixturePath(name: string): string {
  return fileURLToPath(new URL(`../fixtures/${name}.mjs`, import.meta.url))
}

/** Runs a fixture to its end, and gives what it printed last, as JSON. */
export async function fixtureResult(name: string, args: readonly string[] = []): Promise<unknown> {
  const fixture = startFixture(name, args)
  let printed = ''
  for await (const text of fixture.stdout.setEncoding('utf8') as AsyncIterable<string>) printed += text
  return JSON.parse(printed.trimEnd().split('\n').at(-1) ?? '')
}

/** Resolves when the fixture has printed a line, with that line. */
export async function firstLine(fixture: Fixture): Promise<string> {
  let seen = ''
  fixture.stdout.setEncoding('utf8')
  return new Promise((resolve, reject) => {
    fixture.stdout.on('data', (text: string) => {
      seen += text
      if (seen.includes('\n')) resolve(seen.slice(0, seen.indexOf('\n')))
    })
    fixture.stdout.on('end', () => reject(new Error(`The fixture ended without a line: '${seen}'`)))
  })
}
