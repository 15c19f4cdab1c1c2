import { run } from 'rivulet/process'

const lines = (items) => `n=0; while [ $n -lt ${items} ]; do n=$((n + 2)); echo $((n - 1)); echo $n >&2; done`
const writes = (bytes) => (mebibytes) =>
  `exec dd if=/dev/zero bs=${bytes} count=${(mebibytes * 2 ** 20) / bytes} status=none`

const works = [
  { work: 'exact order: start and end of `true`', script: () => 'exec true', items: 8 },
  { work: 'exact order: a shell that writes a line to each stream in turn', script: lines, items: 2000 },
  { work: 'exact order: `dd` with 8 KiB a write', script: writes(8192), items: 16 },
  { work: 'exact order: `dd` with 1 MiB a write', script: writes(1_048_576), items: 16 },
]

/** Reads what the script prints; `true` as often as there are items, the others once, with all items in it. */
const reading = (name, script, order) => ({
  name,
  prepare: () => async (items) => {
    const isStart = script(items) === script(2 * items)
    for (let i = 0; i < (isStart ? items : 1); i++) {
      let bytes = 0
      for await (const [, chunk] of run('sh', ['-c', script(items)], { order })) bytes += chunk.length
      if (bytes === 0 && !isStart) throw new Error('nothing came')
    }
  },
})

/** What exact order costs. */
export const rows = works.map(({ work, script, items }) => ({
  work,
  items,
  baseline: reading("order: 'arrival'", script, 'arrival'),
  contenders: [reading('rivulet', script, 'exact')],
}))
