import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TextStyle } from '../../src/present/text-style.ts'

function after(...sequences: string[]): string {
  const style = new TextStyle()
  for (const parameters of sequences) style.apply(parameters)
  return style.parameters
}

describe('TextStyle', () => {
  test.each([
    ['nothing', [], ''],
    ['one look', ['31'], '31'],
    ['several, in one or in many', ['1;31', '4'], '1;31;4'],
    ['the later of one kind', ['31', '95', '41', '102'], '95;102'],
    ['a reset, also one without a number', ['31', '0', '1', ''], ''],
    ['a reset within', ['1;0;31'], '31'],
    ['bold and dim together, ended by one code', ['1', '2'], '1;2'],
    ['the end of bold and dim', ['1', '2', '3', '22'], '3'],
    ['the end of each', ['3;4;5;7;8;9;53', '23;24;25;27;28;29;55'], ''],
    ['two kinds of underline, one at a time', ['4', '21'], '21'],
    ['two ways of blinking, one at a time', ['5', '6'], '6'],
    ['the end of colours', ['31;41', '39;49'], ''],
    ['a colour of a palette', ['38;5;208', '48;05;1'], '38;5;208;48;05;1'],
    ['a colour by its parts', ['38;2;1;2;3;1'], '38;2;1;2;3;1'],
    ['a colour with colons', ['38:2::1:2:3', '4:3'], '38:2::1:2:3;4:3'],
    ['the end of a kind of underline, with a colon', ['4:3', '4:0'], ''],
    ['the colour of an underline, and its end', ['58;5;1', '59'], ''],
    ['a colour of many replaced by one of few', ['38;5;208', '32'], '32'],
    ['what is not known, which has no effect', ['31', '26', '77', '1000', ':5', '38;9'], '31'],
    ['a colour that is cut off', ['38;5', '38'], ''],
  ])('knows %s', (_, sequences, parameters) => {
    expect(after(...sequences)).toBe(parameters)
  })

  test('is short, however much came', () => {
    const parameters = fc.string({ unit: fc.constantFrom('0', '1', '2', '3', '4', '5', '8', ';', ':'), maxLength: 20 })
    fc.assert(
      fc.property(fc.array(parameters, { minLength: 200, maxLength: 600 }), (sequences) => {
        expect(after(...sequences).length).toBeLessThan(200)
      }),
      { numRuns: 20 },
    )
  })

  test('is the same when a change is remembered as when it is not', () => {
    const changes = Array.from({ length: 2000 }, (_, at) => `38;5;${at % 700}`)
    expect(after('1', ...changes, '3')).toBe(`1;38;5;${1999 % 700};3`)
  })
})
