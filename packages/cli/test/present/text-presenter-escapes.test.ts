import { describe, expect, test } from 'vitest'
import { pipe, terminal } from '../support/defaults.ts'
import { err, out, presented } from '../support/presented.ts'

/** Without marks, so that only what is of the program stands there. */
const bare = { prefix: '' } as const
const colored = { ...pipe, ...bare, color: 'always' } as const
const esc = '\u001b'

describe("the program's colours", () => {
  test('pass where ours are shown, and are dropped elsewhere', () => {
    const red = out(`${esc}[31mred${esc}[0m\n`)
    expect(presented(colored, red)).toBe(`${esc}[31mred${esc}[0m\n`)
    expect(presented({ ...pipe, ...bare }, red)).toBe('red\n')
    expect(presented({ ...colored, format: 'plain' }, red)).toBe('red\n')
  })

  test('end with the line, and are taken up on the next', () => {
    expect(presented(colored, out(`${esc}[1;31mone\n\ntwo${esc}[m three\n`))).toBe(
      `${esc}[1;31mone${esc}[0m\n\n${esc}[1;31mtwo${esc}[0m three\n`,
    )
  })

  test('stop before something else, and are taken up after it', () => {
    expect(presented({ ...colored, prefix: '{stream}|' }, out(`${esc}[34mone`), err('two\n'), out('three\n'))).toBe(
      [
        `${esc}[32mout${esc}[0m|${esc}[34mone${esc}[0m\n`,
        `${esc}[31merr${esc}[0m|two\n`,
        `${esc}[32mout${esc}[0m+${esc}[34mthree${esc}[0m\n`,
      ].join(''),
    )
  })

  test('stop before the mark of a line that is written over', () => {
    expect(presented({ ...terminal, ...bare, color: 'always' }, out(`${esc}[34m1%\r2%\n`))).toBe(
      `${esc}[34m1%${esc}[0m\r${esc}[34m2%${esc}[0m\n`,
    )
  })

  test('may be cut between events', () => {
    expect(presented(colored, out(esc), out('['), out('3'), out('1'), out('m'), out('red\n'))).toBe(
      `${esc}[31mred${esc}[0m\n`,
    )
  })

  test('do not grow, however many there are', () => {
    const many = Array.from({ length: 5000 }, (_, at) => `${esc}[38;5;${String(at % 256)};1m`).join('')
    expect(presented(colored, out(`${many}x\n`))).toBe(`${esc}[38;5;135;1mx${esc}[0m\n`)
  })
})

describe('erasing the line', () => {
  test('as a compiler does after each change of colour leaves nothing behind', () => {
    const warning = `${esc}[01m${esc}[Kmain.c:${esc}[m${esc}[K unused\n`
    expect(presented({ ...pipe, ...bare }, out(warning))).toBe('main.c: unused\n')
    expect(presented({ ...terminal, ...bare, color: 'always' }, out(warning))).toBe(
      `${esc}[01mmain.c:${esc}[0m unused\n`,
    )
  })

  test.each([
    ['\\r and then the rest', `100 of 100\r${esc}[Kdone\n`],
    ['all of it and then \\r', `100 of 100${esc}[2K\rdone\n`],
    ['all of it and then to column 1', `100 of 100${esc}[2K${esc}[1Gdone\n`],
    ['to column 1 and then the rest', `100 of 100${esc}[G${esc}[0Kdone\n`],
  ])('is done at a terminal where it is written over: %s', (_, text) => {
    expect(presented(terminal, out(text))).toBe(`out | 100 of 100\rout | ${esc}[Kdone\n`)
    expect(presented(pipe, out(text))).toBe('out | 100 of 100\nout | done\n')
  })

  test('takes away the rest of what was longer', () => {
    expect(presented({ ...terminal, ...bare }, out(`100\r5${esc}[K\n`))).toBe(`100\r5${esc}[K\n`)
    expect(presented({ ...pipe, ...bare }, out(`100\r5${esc}[K\n`))).toBe('100\n5\n')
  })

  test('has no effect on a line that is not written over, be it after one that was', () => {
    expect(presented({ ...terminal, ...bare }, out(`1\r2\n3${esc}[K\n`))).toBe('1\r2\n3\n')
  })

  test('has no effect on a line where nothing is', () => {
    expect(presented({ ...terminal, ...bare }, out(`${esc}[2K${esc}[Gone\n`))).toBe('one\n')
  })
})

describe('what else a terminal would act upon', () => {
  test.each([
    ['clearing the screen', `${esc}[2J`, '^[[2J'],
    ['going up', `${esc}[1A`, '^[[1A'],
    ['going to another column', `${esc}[9G`, '^[[9G'],
    ['erasing to the start', `${esc}[1K`, '^[[1K'],
    ['hiding the cursor', `${esc}[?25l`, '^[[?25l'],
    ['a title', `${esc}]0;mine\u0007`, '^[]0;mine^G'],
    ['a link', `${esc}]8;;https://example.org${esc}\\`, '^[]8;;https://example.org^[\\'],
    ['a reset', `${esc}c`, '^[c'],
    ['a bell and a backspace', 'a\u0007\bb', 'a^G^Hb'],
    ['NUL, VT, FF and DEL', '\0\v\f\u007f', '^@^K^L^?'],
    ['a control of eight bits', '\u009b31m', '<U+009B>31m'],
    ['turning the direction of writing', '\u202eabc\u2066', '<U+202E>abc<U+2066>'],
    ['line separators', 'a\u2028b\u2029', 'a<U+2028>b<U+2029>'],
    ['colours with too many parameters', `${esc}[${'1;'.repeat(65)}m`, `^[[${'1;'.repeat(65)}m`],
  ])('is written out: %s', (_, text, written) => {
    for (const style of [colored, { ...pipe, ...bare }, { ...terminal, ...bare, format: 'plain' } as const]) {
      expect(presented(style, out(`${text}\n`))).toBe(`${written}\n`)
    }
  })

  test('a tab, letters of any script and emoji are not', () => {
    const text = 'a\té\u00a0语 שלום 👩‍💻\n'
    expect(presented({ ...pipe, ...bare }, out(text))).toBe(text)
  })

  test('passes with --ansi pass, whole, though it was cut and something came between', () => {
    const style = { ...pipe, ansi: 'pass' } as const
    expect(
      presented(style, out(`a${esc}]0;ti`), err('b\n'), out(`tle\u0007${esc}[`), err('c\n'), out('2J\u009b!\n')),
    ).toBe(`out | a\nerr | b\nout + ${esc}]0;title\u0007\nerr | c\nout + ${esc}[2J\u009b!\n`)
  })

  test('is written out with --ansi pass too where it has no end', () => {
    expect(presented({ ...pipe, ...bare, ansi: 'pass' }, out(`a${esc}]0;title`))).toBe('a^[]0;title\n')
  })

  test('passes with --ansi pass also to a file, colours with it, which end with their line', () => {
    const text = `${esc}[41m${esc}[2Jone\ntwo\n`
    expect(presented({ ...pipe, ...bare, ansi: 'pass' }, out(text))).toBe(
      `${esc}[41m${esc}[2Jone${esc}[0m\n${esc}[41mtwo${esc}[0m\n`,
    )
  })

  test('never passes in the format plain', () => {
    expect(presented({ ...pipe, ...bare, format: 'plain', ansi: 'pass' }, out(`${esc}[31mred${esc}[2J\n`))).toBe(
      'red^[[2J\n',
    )
  })
})
