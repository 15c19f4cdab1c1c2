import type { Value } from './value.ts'

/** An option that takes a value: `--format text`, `--format=text`; `-n api`, `-napi` where it has a short form. */
export interface ValuedOption<T> {
  readonly kind: 'valued'
  /** Without its dashes. */
  readonly name: string
  readonly short?: string
  readonly value: Value<T>
  /** Each time it is given counts; else the last does. */
  readonly isRepeatable?: boolean
  /** One line of the help. */
  readonly summary: string
  /** What the manual says. */
  readonly detail: string
}

/** An option that is on or off. */
export interface Switch {
  readonly kind: 'switch'
  readonly name: string
  readonly short?: string
  /** The name of what turns it off again: the last of both counts. */
  readonly opposite?: string
  /** Whether it is on without being given. */
  readonly isOn?: boolean
  readonly summary: string
  readonly detail: string
}

export type Option = ValuedOption<unknown> | Switch

/** Options that belong together, under a heading of the help. */
export interface OptionGroup {
  readonly heading: string
  readonly options: readonly Option[]
}
