import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeMarkup } from '../../src/timeline/escape-markup.ts'

test('what could be markup is text', () => {
  expect(escapeMarkup(`<a b="c" d='e'>&amp;`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;')
})

test('what XML does not allow is U+FFFD', () => {
  expect(escapeMarkup('a\u0000\u001b\ud800\uffff\t\nb😀')).toBe('a\ufffd\ufffd\ufffd\ufffd\t\nb😀')
})

test('whatever the text, nothing is left that ends an element or an attribute', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(escapeMarkup(text)).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/)
    }),
  )
})
