import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { contract, type Capabilities } from '../../../rivulet/test/support/contract.ts'
import { readRecord } from '../../src/record/read-record.ts'
import type { CommandEvent } from '../../src/command-event.ts'
import { output, saved, start } from './support/events.ts'
import { temporaryFolder } from './support/folder.ts'

/** What it reads is a file, which other tests look at. */
const file: Capabilities = {
  closesSource: false,
  takesSignal: true,
  scripted: true,
  anyItem: false,
  throws: false,
  sample: [start(), output('one'), output('')],
}

contract('readRecord()', file, ({ items = [], then = 'wait', signal }) => {
  const path = join(temporaryFolder(), 'run.jsonl')
  const fd = openSync(path, 'w')
  writeSync(fd, saved(...(items as CommandEvent[])))
  closeSync(fd)
  return { stream: readRecord(path, { isFollowing: then === 'wait', signal }) }
})
