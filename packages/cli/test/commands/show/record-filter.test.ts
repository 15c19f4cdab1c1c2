import { describe, expect, test } from 'vitest'
import { RecordFilter, type Selection } from '../../../src/commands/show/record-filter.ts'
import type { CommandEvent } from '../../../src/command-event.ts'
import { selection } from '../../support/defaults.ts'
import { epochMs, exit, output, start } from '../../record/support/events.ts'

function shown(changes: Partial<Selection>, events: CommandEvent[]): CommandEvent[] {
  const filter = new RecordFilter({ ...selection, ...changes })
  return [...events.flatMap((event) => filter.select(event)), ...filter.close()]
}

const at = (ms: number): { t: number } => ({ t: epochMs + ms })
/** The start of a run of which not all is shown. */
const partial = (event: CommandEvent | undefined): CommandEvent => ({ ...(event ?? start()), filtered: true })
const err = { stream: 'stderr' as const }
const [api, web] = [{ name: 'api' }, { name: 'web' }]

describe('RecordFilter', () => {
  test('selects everything by default', () => {
    const events = [start(), output('par'), output('x', err), output('tial'), exit()]
    expect(shown({}, events)).toEqual(events)
  })

  test('selects one stream, with the starts and exits', () => {
    const [begin, one, two, end] = [start(), output('1'), output('2', err), exit()]
    expect(shown({ only: 'stderr' }, [begin, one, two, end])).toEqual([partial(begin), two, end])
    expect(shown({ only: 'stdout' }, [begin, one, two, end])).toEqual([partial(begin), one, end])
  })

  test('selects the commands with some names, and nothing of the others or of one without a name', () => {
    const events = [
      start(api),
      start(web),
      start(),
      output('x', api),
      output('y', web),
      output('z'),
      exit(web),
      exit(api),
    ]
    expect(shown({ names: ['web'] }, events)).toEqual([start(web), output('y', web), exit(web)])
    expect(shown({ names: ['web', 'api'] }, events)).toEqual(events.filter(({ name }) => name !== undefined))
  })

  test('knows which of the names that were asked for were not there, and which were', () => {
    const filter = new RecordFilter({ ...selection, names: ['web', 'db'] })
    for (const event of [start(api), start(), start(web)]) filter.select(event)
    expect(filter).toMatchObject({ unseenNames: ['db'], seenNames: ['api', 'web'] })
  })

  test.each<[since: NonNullable<Selection['since']>]>([
    [{ kind: 'start', ms: 200 }],
    [{ kind: 'epoch', ms: epochMs + 200 }],
  ])('selects what came since %j, with the starts and exits', (since) => {
    const events = [start(at(0)), output('a', at(199)), output('b', at(200)), output('c', at(201)), exit(at(300))]
    expect(shown({ since }, events)).toEqual([partial(events[0]), events[2], events[3], events[4]])
  })

  test('counts from the first event of the record, also where that is not shown', () => {
    const events = [
      start({ ...api, ...at(0) }),
      output('a', { ...web, ...at(100) }),
      output('b', { ...web, ...at(250) }),
    ]
    expect(shown({ names: ['web'], since: { kind: 'start', ms: 200 } }, events)).toEqual([events[2]])
  })

  test('selects a line that matches as a whole, if it has ended since then', () => {
    const events = [output('be', at(0)), output('gun\nx\nlast', at(100)), exit(at(200))]
    expect(shown({ grep: /n|t/, since: { kind: 'start', ms: 100 } }, events)).toEqual([
      output('begun\n', at(100)),
      output('last\n', at(200)),
      exit(at(200)),
    ])
  })

  test('puts lines together of the stream that is shown only', () => {
    const events = [output('1', err), output('2'), output('3\n', err), exit()]
    expect(shown({ only: 'stderr', grep: /^13$/ }, events)).toEqual([output('13\n', err), exit()])
  })
})
