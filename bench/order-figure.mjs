// `node bench/order-figure.mjs` lets programs number their lines, counts how many come after the wrong one, and draws that.
import { writeFileSync } from 'node:fs'
import { run } from 'rivulet/process'

const lines = 20_000
const programs = [
  ['a shell, echo', 'sh', '-c', `n=0; while [ $n -lt ${lines} ]; do n=$((n+2)); echo $((n-1)); echo $n >&2; done`],
  [
    'Python, flushed',
    'python3',
    '-c',
    `import sys\nfor n in range(1, ${lines + 1}): print(n, file=sys.stdout if n % 2 else sys.stderr, flush=True)`,
  ],
  [
    'Perl, $| = 1',
    'perl',
    '-e',
    `$| = 1; for (1..${lines}) { if ($_ % 2) { print "$_\\n" } else { print STDERR "$_\\n" } }`,
  ],
  [
    'Node, writeSync',
    'node',
    '-e',
    `for (let n = 1; n <= ${lines}; n++) require('fs').writeSync(2 - (n % 2), n + '\\n')`,
  ],
  [
    'a shell, >/dev/stderr',
    'bash',
    '-c',
    `for ((n = 1; n < ${lines}; n += 2)); do echo $n; echo $((n+1)) >/dev/stderr; done`,
  ],
  [
    'Node, process.stdout',
    'node',
    '-e',
    `for (let n = 1; n <= ${lines}; n++) (n % 2 ? process.stdout : process.stderr).write(n + '\\n')`,
  ],
]

/** The share of lines that come after another than the one before them. */
async function shareOfWrong([file, ...args], order) {
  let [before, wrong, count] = [0, 0, 0]
  // Without the supervisor a program cannot open /dev/stderr at all.
  const contain = args.some((arg) => arg.includes('/dev/stderr'))
  for await (const [, line] of run(file, args, { order, contain }).lines()) {
    if (Number(line) !== before + 1) wrong++
    before = Number(line)
    count++
  }
  if (count !== lines) throw new Error(`${count} of ${lines} lines came from ${file}`)
  return (100 * wrong) / lines
}

const colours = { arrival: ['#8a8f98', '#9aa0aa'], exact: ['#0b7285', '#3bc9db'] }

function bar(y, order, share) {
  const width = (share * 300) / 100
  const text = share === 0 ? 'none' : `${share < 10 ? share.toFixed(1) : Math.round(share)} %`
  return `<rect class="${order}" x="160" y="${y}" width="${Math.max(width, 1)}" height="12" rx="2"/>
<text x="${168 + width}" y="${y + 10}">${text}</text>`
}

const rows = []
for (const [at, [name, ...command]] of programs.entries()) {
  const y = 56 + at * 40
  const [arrival, exact] = [await shareOfWrong(command, 'arrival'), await shareOfWrong(command, 'exact')]
  console.log(`${name}: ${arrival.toFixed(2)} % with arrival, ${exact.toFixed(2)} % with exact`)
  rows.push(`<text x="150" y="${y + 17}" text-anchor="end">${name.replaceAll('>', '&gt;')}</text>`)
  rows.push(bar(y, 'arrival', arrival), bar(y + 14, 'exact', exact))
}
const height = 64 + programs.length * 40
const style = (theme) =>
  Object.entries(colours)
    .map(([name, pair]) => `.${name}{fill:${pair[theme]}}`)
    .join('')
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 540 ${height}" role="img" font-family="system-ui, sans-serif" font-size="12">
<title>Lines that come after the wrong one, by program and order</title>
<style>text{fill:#1f2328}${style(0)}@media (prefers-color-scheme:dark){text{fill:#e6edf3}${style(1)}}</style>
<rect class="arrival" x="160" y="14" width="12" height="12" rx="2"/><text x="178" y="24">order: 'arrival'</text>
<rect class="exact" x="290" y="14" width="12" height="12" rx="2"/><text x="308" y="24">order: 'exact'</text>
<text x="160" y="44" font-size="11">lines that come after the wrong one, of ${lines.toLocaleString('en')}</text>
${rows.join('\n')}
</svg>
`
const path = new URL('../docs/figures/order.svg', import.meta.url)
writeFileSync(path, svg)
