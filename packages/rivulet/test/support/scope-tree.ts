import fc from 'fast-check'
import { merge, MergeMap, Queue, suppressedErrors } from '../../src/core/index.ts'

/** What a random generator does beside handing on what it reads. */
type Manner = 'plain' | 'withholds' | 'catches' | 'cleans up slowly' | 'fails to clean up' | 'reads to clean up'

export type Spec =
  | { kind: 'queue'; items: number; ending: 'wait' | 'close' | 'fail' }
  /** A generator that waits for something that is not ours, and that nobody can stop. */
  | { kind: 'stuck' }
  | { kind: 'generator'; manner: Manner; child: Spec }
  | { kind: 'merge'; of: 'merge' | 'delaying merge' | 'MergeMap'; children: Spec[] }

export const spec: fc.Arbitrary<Spec> = fc.letrec<{ node: Spec; leaf: Spec }>((tie) => ({
  leaf: fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('queue' as const),
        items: fc.nat(3),
        ending: fc.constantFrom('wait' as const, 'wait' as const, 'close' as const, 'fail' as const),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'stuck' as const }) },
  ),
  node: fc.oneof(
    { depthSize: 'medium', maxDepth: 4 },
    tie('leaf'),
    fc.record({
      kind: fc.constant('generator' as const),
      manner: fc.constantFrom<Manner>(
        'plain',
        'plain',
        'withholds',
        'catches',
        'cleans up slowly',
        'fails to clean up',
        'reads to clean up',
      ),
      child: tie('node'),
    }),
    fc.record({
      kind: fc.constant('merge' as const),
      of: fc.constantFrom('merge' as const, 'delaying merge' as const, 'MergeMap' as const),
      children: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
    }),
  ),
})).node

/** A generator of the tree: what it is and what became of it. */
export interface GeneratorRecord {
  readonly manner: Manner
  /** Whether what it reads can be stopped. */
  readonly canBeStopped: boolean
  /** The generator that it reads, if it reads one. */
  readonly below: GeneratorRecord | undefined
  started: number
  unwound: number
  /** How often code ran that stands behind its loop. */
  passed: number
}

/** A queue of the tree, with what has been put into it. */
interface LeafRecord {
  readonly queue: Queue<string>
  readonly given: string[]
  readonly isWithheld: boolean
}

/** A random tree of merges, generators and streams, which goes on as its schedule says, and what became of all of it. */
export class ScopeTree {
  readonly generators: GeneratorRecord[] = []
  readonly leaves: LeafRecord[] = []
  /** Errors that were thrown in it; each must be found somewhere. */
  readonly errors: Error[] = []
  /** What its generators swallowed, as the language has it. */
  readonly swallowed: unknown[] = []
  /** What its generators were told that was no error of the tree. */
  readonly tellings: unknown[] = []
  /** Whether it was told, as whoever tells it says. */
  isTold = false
  /** What was read to clean up, and what was to be, as far as that began after the telling or was not stopped by it. */
  cleaned = 0
  cleaningBegun = 0
  readonly source: AsyncIterable<string>
  readonly #schedule: fc.Scheduler
  readonly #name: string

  constructor(schedule: fc.Scheduler, name: string, root: Spec) {
    this.#schedule = schedule
    this.#name = name
    this.source = this.#build(root, false)
  }

  #build(node: Spec, isWithheld: boolean): AsyncIterable<string> {
    switch (node.kind) {
      case 'queue':
        return this.#leaf(node, isWithheld)
      case 'stuck':
        return stuck()
      case 'generator': {
        const child = this.#build(node.child, isWithheld || node.manner === 'withholds')
        const record = {
          manner: node.manner,
          canBeStopped: canBeStopped(node.child),
          below: node.child.kind === 'generator' ? this.generators.at(-1) : undefined,
          started: 0,
          unwound: 0,
          passed: 0,
        }
        this.generators.push(record)
        return this.#generator(child, record)
      }
      case 'merge': {
        const children = node.children.map((child) => this.#build(child, isWithheld))
        if (node.of !== 'MergeMap') return merge(children, { errors: node.of === 'merge' ? 'throw' : 'delay' })
        const map = new MergeMap<number, string>()
        children.forEach((child, index) => map.set(index, child))
        map.close()
        return unkeyed(map)
      }
    }
  }

  #leaf({ items, ending }: Spec & { kind: 'queue' }, isWithheld: boolean): AsyncIterable<string> {
    const queue = new Queue<string>({ capacity: 8 })
    const name = `${this.#name}.${String(this.leaves.length)}`
    const leaf: LeafRecord = { queue, given: [], isWithheld }
    this.leaves.push(leaf)
    void (async () => {
      for (let item = 0; item < items; item++) {
        await this.#turn(`item of ${name}`)
        leaf.given.push(`${name}.${String(item)}`)
        queue.tryPut(leaf.given.at(-1)!)
      }
      if (ending === 'wait') return
      await this.#turn(`end of ${name}`)
      if (ending === 'close') queue.close()
      else queue.fail(new LeafError(`failure of ${name}`))
    })()
    return { [Symbol.asyncIterator]: () => this.#heard(queue[Symbol.asyncIterator]()) }
  }

  /** The same items; an error counts when it is thrown to somebody who reads. */
  #heard(stream: AsyncIterator<string>): AsyncIterator<string> {
    const next = async (): Promise<IteratorResult<string>> => {
      const result = stream.next()
      result.catch((error: unknown) => error instanceof LeafError && this.errors.push(error))
      return result
    }
    return { next, return: () => stream.return!() }
  }

  async *#generator(child: AsyncIterable<string>, record: GeneratorRecord): AsyncGenerator<string> {
    const { manner } = record
    const thrown: unknown[] = []
    record.started++
    try {
      for await (const item of child) if (manner !== 'withholds') yield item
      record.passed++
    } catch (error) {
      const isOurs = allWithin([error]).some((one) => this.errors.includes(one as Error))
      if (isOurs && (manner === 'catches' || manner === 'fails to clean up')) this.swallowed.push(error)
      if (isOurs) thrown.push(error)
      if (!isOurs) this.tellings.push(error)
      if (manner !== 'catches') throw error
    } finally {
      await this.#cleanUp(manner, thrown).finally(() => record.unwound++)
      if (manner === 'fails to clean up') await Promise.reject(this.#fail('failure of a clean-up'))
    }
  }

  async #cleanUp(manner: Manner, thrown: readonly unknown[]): Promise<void> {
    if (manner === 'cleans up slowly') await this.#turn('clean-up')
    if (manner !== 'reads to clean up') return
    const wasTold = this.isTold
    let cleaned = 0
    const queue = new Queue<string>({ capacity: 1 })
    void (async () => {
      for (const item of ['a', 'b']) {
        await this.#turn('item to clean up')
        await queue.put(item)
      }
      queue.close()
    })()
    try {
      for await (const _ of merge([unkeyed(merge([queue]))])) cleaned++
    } catch (error) {
      // Where a runtime carries scopes, what began before the telling is stopped by it, and what this throws replaces the error.
      if (!wasTold) {
        this.swallowed.push(...thrown)
        cleaned = 2
      }
      throw error
    } finally {
      this.cleaningBegun += 2
      this.cleaned += cleaned
    }
  }

  #turn(label: string): Promise<void> {
    return this.#schedule.schedule(Promise.resolve(), label)
  }

  #fail(message: string): Error {
    const error = new Error(message)
    this.errors.push(error)
    return error
  }
}

class LeafError extends Error {}

/** Every error that can be found from these: suppressed on them, or together in one. */
export function allWithin(errors: readonly unknown[]): unknown[] {
  const found = new Set<unknown>()
  const visit = (error: unknown): void => {
    if (found.has(error)) return
    found.add(error)
    suppressedErrors(error).forEach(visit)
    if (error instanceof AggregateError) error.errors.forEach(visit)
  }
  errors.forEach(visit)
  return [...found]
}

function canBeStopped(node: Spec): boolean {
  return node.kind === 'generator' ? canBeStopped(node.child) : node.kind !== 'stuck'
}

async function* stuck(): AsyncGenerator<string> {
  yield await new Promise<never>(() => undefined)
}

async function* unkeyed(items: AsyncIterable<string | [unknown, string]>): AsyncGenerator<string> {
  for await (const item of items) yield typeof item === 'string' ? item : item[1]
}
