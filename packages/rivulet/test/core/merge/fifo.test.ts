import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Fifo, type Linked } from '../../../src/core/merge/plan.ts'

let looks = 0

class Link implements Linked {
  after: Linked | undefined
  readonly name: number
  #isDiscarded = false

  constructor(name: number) {
    this.name = name
  }

  get isDiscarded(): boolean {
    looks++
    return this.#isDiscarded
  }

  discardFrom(fifo: Fifo<Link>): void {
    this.#isDiscarded = true
    fifo.noteDiscarded()
  }
}

function names(first: Link | undefined): number[] {
  const found: number[] = []
  for (let link = first; link !== undefined; link = link.after as Link | undefined) {
    if (!link.isDiscarded) found.push(link.name)
  }
  return found
}

describe('Fifo', () => {
  test('gives what a plain array would, whatever is pushed, taken and discarded', () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ what: fc.constant('push' as const) }) },
      { weight: 3, arbitrary: fc.record({ what: fc.constant('shift' as const) }) },
      { weight: 4, arbitrary: fc.record({ what: fc.constant('drop' as const), at: fc.nat() }) },
      { weight: 1, arbitrary: fc.record({ what: fc.constant('takeAll' as const) }) },
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const fifo = new Fifo<Link>()
        let model: Link[] = []
        let last = 0
        for (const one of steps) {
          if (one.what === 'push') {
            const link = new Link(++last)
            model.push(link)
            fifo.push(link)
          } else if (one.what === 'takeAll') {
            expect(names(fifo.takeAll())).toEqual(model.map(({ name }) => name))
            model = []
          } else if (model.length > 0) {
            if (one.what === 'shift') expect(fifo.shift()).toBe(model.shift())
            else model.splice(one.at % model.length, 1)[0]?.discardFrom(fifo)
          }
          expect(fifo.first).toBe(model[0])
        }
      }),
    )
  })

  test('looks at each a few times at most, though all are discarded, the last first', () => {
    const fifo = new Fifo<Link>()
    const links = Array.from({ length: 10_000 }, (_, name) => new Link(name))
    for (const link of links) fifo.push(link)
    looks = 0
    for (const link of links.toReversed()) link.discardFrom(fifo)
    expect(fifo.first).toBeUndefined()
    expect(looks).toBeLessThan(4 * links.length)
  })

  test('keeps no more that are discarded than were left when it was swept last', () => {
    const fifo = new Fifo<Link>()
    fifo.push(new Link(-1))
    for (let name = 0; name < 10_000; name++) {
      const link = new Link(name)
      fifo.push(link)
      link.discardFrom(fifo)
    }
    let length = 0
    for (let link: Linked | undefined = fifo.first; link !== undefined; link = link.after) length++
    expect(length).toBeLessThan(40)
  })

  test('who was taken is linked to nobody', () => {
    const fifo = new Fifo<Link>()
    const links = [new Link(1), new Link(2), new Link(3)] as const
    for (const link of links) fifo.push(link)
    fifo.shift()
    links[1].discardFrom(fifo)
    expect([links[0].after, links[1].after, fifo.first]).toEqual([undefined, undefined, links[2]])
  })
})
