import { spawnSync } from 'node:child_process'

/** The words of each call of `rivulet` in a line of bash. It is not called, but what the line has beside it is. */
export function wordsOf(line: string, folder: string): string[][] {
  const script = `rivulet() { printf '%s\\0' "$@" >&3; printf '\\n\\0' >&3; }\n${line}\nwait`
  const { output } = spawnSync('timeout', ['-k', '5', '10', 'bash', '-c', script], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  })
  const calls: string[][] = [[]]
  for (const word of (output[3] ?? '').split('\0').slice(0, -1)) {
    if (word === '\n') calls.push([])
    else calls.at(-1)?.push(word)
  }
  return calls.slice(0, -1)
}
