import { expect, test } from 'vitest'
import { Mapped } from '../../src/process/views/mapped.ts'
import { run, type Run, type RunEvent } from '../../src/process/index.ts'
import { contract, type Capabilities, type Script, type Subject } from '../support/contract.ts'
import { shell } from '../support/programs.ts'

/** What a run's iterators have of the contract: the source they hold is a program, which other tests look at from outside. */
const program: Capabilities = {
  closesSource: false,
  takesSignal: true,
  // How a program's output is cut into chunks is for the system to say; lines alone are known beforehand.
  scripted: false,
  anyItem: false,
  throws: false,
  sample: ['one', '', '0'],
}

/** A view of a program that prints the items as lines and then ends, or waits until it is ended. */
function viewOf(view: (child: Run) => Subject['stream'], redirect = ''): (script: Script) => Subject {
  return ({ items = [], then = 'wait', signal }) => {
    const prints = items.map((item) => `echo '${String(item)}'${redirect}; `).join('')
    const child = run('sh', ['-c', `${prints}${then === 'end' ? '' : 'exec sleep 300'}`], { signal })
    return { touched: () => child.pid !== undefined, stream: view(child) }
  }
}

/** Events without `start` and `exit`, which come whether or not there is an item. */
function outputs(child: Run): Subject['stream'] {
  const events = child.events()
  const next = async (): Promise<IteratorResult<RunEvent, undefined>> => {
    const asked = events.next()
    const result = await asked
    return result.done === true || result.value.type === 'output' ? result : next()
  }
  return Object.assign(new Mapped(events, (event) => event), { next })
}

const line = (child: Run): Subject['stream'] => new Mapped(child.lines(), ([, text]) => text)

contract(
  'run()',
  program,
  viewOf((child) => child),
)
contract('run().lines()', { ...program, scripted: true }, viewOf(line))
contract('run().lines() of stderr', { ...program, scripted: true }, viewOf(line, ' >&2'))
contract(
  'run().lineBatches()',
  program,
  viewOf((child) => child.lineBatches()),
)
contract('run().events()', program, viewOf(outputs))
contract(
  'run().stdout()',
  program,
  viewOf((child) => child.stdout()),
)
contract(
  'run().stderr()',
  program,
  viewOf((child) => child.stderr({ stdout: 'keep' })),
)

test.each([
  ['run()', (child: Run) => child],
  ['lineBatches()', (child: Run) => child.lineBatches()],
  ['stdout()', (child: Run) => child.stdout()],
] as [string, (child: Run) => AsyncIterator<unknown>][])(
  'concurrent next() calls of %s are answered in call order, the last as done',
  async (_, view) => {
    const stream = view(shell('echo only'))
    const answered: number[] = []
    const all = [0, 1, 2].map((call) => stream.next().finally(() => answered.push(call)))
    expect((await Promise.all(all)).map(({ done }) => done)).toEqual([false, true, true])
    expect(answered).toEqual([0, 1, 2])
  },
)

test('concurrent next() calls of events() are answered in call order', async () => {
  const stream = shell('echo only').events()
  const results = await Promise.all([0, 1, 2, 3].map(() => stream.next()))
  expect(results.map(({ value }) => value?.type)).toEqual(['start', 'output', 'exit', undefined])
})
