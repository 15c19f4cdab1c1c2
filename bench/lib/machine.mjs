import { readFileSync } from 'node:fs'
import { arch, availableParallelism, cpus, platform, release } from 'node:os'

/** What a reader of the figures has to know: they hold for these versions, on this kind of machine. */
export function describeMachine() {
  const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return {
    node: process.version,
    system: `${platform()} ${release()} ${arch()}`,
    processor: cpus()[0].model,
    cores: availableParallelism(),
    peers: dependencies,
  }
}
