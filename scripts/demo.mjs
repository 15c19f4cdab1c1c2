// Shows a real program through the command. It is `npm pack --dry-run`: everyone with Node has it, and it writes to both
// streams as real tools do, its notices to stderr and its result, the name of the package file, to stdout.
import { spawnSync } from 'node:child_process'

const command = ['npm', 'pack', '--dry-run', './examples/greeting', '--loglevel', 'notice']
console.log('npm pack writes notices to stderr, and the output of scripts and its result to stdout. As one stream:\n')
console.log(`$ rivulet run -- ${command.join(' ')}`)
const { status } = spawnSync(process.execPath, ['packages/cli/dist/main.js', 'run', '--', ...command], {
  stdio: 'inherit',
})
console.log('\nand the first and last events of the same run, as a program reads them:\n')
console.log(`$ rivulet run --format jsonl -- ${command.join(' ')}`)
const events = spawnSync(
  process.execPath,
  ['packages/cli/dist/main.js', 'run', '--format', 'jsonl', '--', ...command],
  { encoding: 'utf8' },
)
const lines = events.stdout.trimEnd().split('\n')
console.log(lines[0])
console.log('…')
console.log(lines.at(-1))
process.exitCode = status === 0 ? (events.status ?? 1) : (status ?? 1)
