import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Viewport } from '../../src/chart/viewport.ts'

describe('the viewport', () => {
  test('shows the whole record first, with something free at both ends', () => {
    const viewport = new Viewport(1000)
    expect([viewport.fromMs, viewport.toMs, viewport.isWhole]).toEqual([-20, 1020, true])
  })

  test('has a span also for a record without any', () => {
    expect(new Viewport(0).spanMs).toBeGreaterThan(0)
  })

  test('keeps what is under the pointer where it is while it zooms', () => {
    const viewport = new Viewport(10_000)
    const x = viewport.xOf(3000, 1000)
    viewport.zoomAt(3000, 0.25)
    expect(viewport.xOf(3000, 1000)).toBeCloseTo(x)
    expect(viewport.spanMs).toBeCloseTo(10_400 / 4)
    expect(viewport.msAt(x, 1000)).toBeCloseTo(3000)
  })

  test('goes no closer than can be told apart', () => {
    const viewport = new Viewport(10_000)
    viewport.zoomAt(5000, 1e-9)
    expect(viewport.spanMs).toBe(40)
  })

  test('moves only as far as it needs to show a time', () => {
    const viewport = new Viewport(10_000)
    viewport.zoomAt(0, 0.1)
    const { fromMs } = viewport
    viewport.reveal(fromMs + viewport.spanMs / 2)
    expect(viewport.fromMs).toBe(fromMs)
    viewport.reveal(9000)
    expect(viewport.xOf(9000, 100)).toBeCloseTo(90)
    viewport.reveal(4000)
    expect(viewport.xOf(4000, 100)).toBeCloseTo(10)
  })

  test('never leaves the record, whatever is done to it, and fits it again', () => {
    const moves = fc.oneof(
      fc.record({ kind: fc.constant('pan' as const), value: fc.double({ min: -1e5, max: 1e5, noNaN: true }) }),
      fc.record({ kind: fc.constant('zoom' as const), value: fc.double({ min: 0.01, max: 100, noNaN: true }) }),
      fc.record({ kind: fc.constant('reveal' as const), value: fc.double({ min: 0, max: 1e4, noNaN: true }) }),
    )
    fc.assert(
      fc.property(fc.array(moves), (all) => {
        const viewport = new Viewport(10_000)
        const { fromMs, toMs } = viewport.whole
        for (const { kind, value } of all) {
          if (kind === 'pan') viewport.panBy(value)
          else if (kind === 'zoom') viewport.zoomAt(viewport.fromMs + viewport.spanMs / 3, value)
          else viewport.reveal(value)
          expect(viewport.fromMs).toBeGreaterThanOrEqual(fromMs)
          expect(viewport.toMs).toBeLessThanOrEqual(toMs)
          expect(viewport.spanMs).toBeGreaterThanOrEqual(39.999)
        }
        viewport.fit()
        expect(viewport.isWhole).toBe(true)
      }),
    )
  })
})
