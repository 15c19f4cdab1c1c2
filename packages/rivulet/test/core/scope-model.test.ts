import fc from 'fast-check'
import { expect, test } from 'vitest'
import { merge, MergeMap, Queue } from '../../src/core/index.ts'
import { allWithin, ScopeTree, spec, type GeneratorRecord } from '../support/scope-tree.ts'
import { behind, Trace } from '../support/scoped.ts'
import { settle, turn } from '../support/turn.ts'
import { collectUnhandled } from '../support/unhandled.ts'

const plan = fc.record({
  errors: fc.constantFrom('throw' as const, 'delay' as const, 'settled' as const),
  leaving: fc.constantFrom('returns', 'aborts', 'disposes'),
  /** Steps of the schedule before one of the trees is deleted, and after that until everything is left. */
  patience: fc.tuple(fc.nat(8), fc.nat(8)),
  deleted: fc.option(fc.nat(2), { nil: undefined }),
  /** So many microtasks after a step it is left; otherwise when all that follows from the step has happened. */
  haste: fc.option(fc.nat(8), { nil: undefined, freq: 1 }),
})
type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never

/** Takes as many steps as there are, at most `most`, each with all that follows from it. */
async function takeSteps(schedule: fc.Scheduler, most: number): Promise<void> {
  await settle()
  for (let step = 0; step < most && schedule.count() > 0; step++) {
    await schedule.waitNext(1)
    await settle()
  }
}

/** Takes one step, and waits for so many of the microtasks that follow. */
async function takeHastyStep(schedule: fc.Scheduler, microtasks: number): Promise<void> {
  if (schedule.count() > 0) void schedule.waitNext(1)
  for (let i = 0; i < microtasks; i++) await Promise.resolve()
}

/** The generators of a tree that have come to the end of their loops. */
const passedIn = (tree: ScopeTree): Set<GeneratorRecord> => new Set(tree.generators.filter(({ passed }) => passed > 0))

/** What holds of a tree that was told, when whoever told it has waited. `passedBefore` is known where nothing was under way. */
function checkStopped(tree: ScopeTree, passedBefore: ReadonlySet<GeneratorRecord> | undefined): void {
  for (const record of tree.generators) {
    expect(record.started).toBeLessThanOrEqual(1)
    expect(record.unwound).toBe(record.canBeStopped ? record.started : 0)
    // A stop is no end: code behind a loop runs only where what is read has come to an end before, or catches the stop.
    if (passedBefore?.has(record) === false && !endsWell(record.below, passedBefore)) expect(record.passed).toBe(0)
  }
  expect(tree.cleaned).toBe(tree.cleaningBegun)
  // Nobody waits for a queue any more: an item that comes late stays where it is.
  for (const { queue } of tree.leaves) {
    const { size } = queue
    if (queue.tryPut('late')) expect(queue.size).toBe(size + 1)
  }
}

function endsWell(record: GeneratorRecord | undefined, passedBefore: ReadonlySet<GeneratorRecord>): boolean {
  if (record === undefined) return false
  return record.manner === 'catches' || passedBefore.has(record) || endsWell(record.below, passedBefore)
}

async function play(schedule: fc.Scheduler, trees: ScopeTree[], how: Plan): Promise<void> {
  const controller = new AbortController()
  /** Everything that was told to anyone. */
  const heard: unknown[] = []
  const suppressed: unknown[] = []
  const items: string[] = []
  const map = new MergeMap<number, string, Plan['errors']>({
    errors: how.errors,
    signal: controller.signal,
    onSuppressed: (error) => void suppressed.push(error),
  })
  trees.forEach((tree, index) => map.set(index, tree.source))

  // A merge that shares nothing with it but the schedule.
  const [beside, besideTrace, besideItems] = [new Queue<number>({ capacity: 9 }), new Trace(), [] as number[]]
  const bystander = merge([behind(2, beside, besideTrace)])
  const besideReading = (async () => {
    for await (const item of bystander) besideItems.push(item)
  })()

  const reached: { end?: 'done' | { error: unknown } } = {}
  const isReading = (): boolean => reached.end === undefined
  const reading = (async () => {
    try {
      for (;;) {
        const result = await map.next()
        if (result.done === true) break
        const value = result.value[1] as string | PromiseSettledResult<string>
        if (typeof value === 'string') items.push(value)
        else if (value.status === 'fulfilled') items.push(value.value)
        else heard.push(value.reason)
      }
      reached.end = 'done'
    } catch (error) {
      reached.end = { error }
      heard.push(error)
    }
  })()

  await takeSteps(schedule, how.patience[0])
  beside.tryPut(1)
  const doomed = how.deleted === undefined ? undefined : trees[how.deleted]
  if (doomed !== undefined && isReading()) {
    const passed = passedIn(doomed)
    const wasThere = map.has(how.deleted!)
    doomed.isTold = wasThere
    const deleted = map.delete(how.deleted!).catch((error: unknown) => void heard.push(error))
    let isOver = false
    void deleted.then(() => (isOver = true))
    await takeSteps(schedule, Infinity)
    expect(isOver).toBe(true)
    if (wasThere && isReading()) checkStopped(doomed, passed)
  }
  await takeSteps(schedule, how.patience[1])
  beside.tryPut(2)

  const isHasty = how.haste !== undefined
  if (how.haste !== undefined) await takeHastyStep(schedule, how.haste)
  const living = trees.filter((tree) => tree !== doomed)
  const hasFailed = trees.some(({ errors }) => errors.length > 0)
  if (!hasFailed && !isHasty) {
    // All that was given so far has come, each once and in the order of its stream; nobody was stopped by what was not his.
    for (const { given, isWithheld } of living.flatMap(({ leaves }) => leaves)) {
      expect(items.filter((item) => given.includes(item))).toEqual(isWithheld ? [] : given)
    }
    expect(living.flatMap(({ tellings }) => tellings)).toEqual([])
  }

  const wasReading = isReading()
  const [seen, passed] = [items.length, trees.map(passedIn)]
  let left: Promise<unknown> = reading
  for (const tree of trees) tree.isTold = true
  if (how.leaving === 'aborts') controller.abort('the reason')
  else left = how.leaving === 'returns' ? map.return() : map[Symbol.asyncDispose]()
  let isOver = false
  void left.catch((error: unknown) => heard.push(error)).then(() => (isOver = true))
  await takeSteps(schedule, Infinity)
  expect(isOver).toBe(true)
  await reading
  if (wasReading) {
    if (!isHasty) expect(items).toHaveLength(seen)
    if (how.leaving === 'aborts' && !hasFailed) expect(reached.end).toEqual({ error: 'the reason' })
    else if (how.leaving !== 'aborts') expect(reached.end).toBe('done')
    trees.forEach((tree, at) => {
      if (tree !== doomed && tree.errors.length === 0) checkStopped(tree, isHasty ? undefined : passed[at])
    })
  }

  // Every error came to somebody's ears, and no stop was taken for one.
  const found = new Set(allWithin([...heard, ...suppressed, ...trees.flatMap(({ swallowed }) => swallowed)]))
  for (const error of trees.flatMap(({ errors }) => errors)) expect(found).toContain(error)
  expect(suppressed).toHaveLength(new Set(suppressed).size)
  for (const error of found) expect(error).not.toMatchObject({ name: 'AbortError' })
  const reasons = new Set(trees.flatMap(({ tellings }) => tellings))
  for (const reason of reasons) if (reason !== 'the reason') expect(reason).toMatchObject({ name: 'AbortError' })

  beside.tryPut(3)
  await turn()
  expect(besideItems).toEqual([1, 2, 3])
  expect(besideTrace.unwound).toBe(0)
  await bystander.return()
  await besideReading
  expect(besideTrace).toMatchObject({ passed: 0, unwound: 2 })
}

test('random trees of merges, generators and streams: what is told ends, with everything in it, and nothing else does', async () => {
  const unhandled = collectUnhandled()
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(spec, { minLength: 1, maxLength: 3 }),
      plan,
      async (schedule, specs, how) => {
        await play(
          schedule,
          specs.map((one, index) => new ScopeTree(schedule, String(index), one)),
          how,
        )
      },
    ),
    { numRuns: 3000 },
  )
  await settle()
  expect(unhandled.stop()).toEqual([])
}, 120_000)
