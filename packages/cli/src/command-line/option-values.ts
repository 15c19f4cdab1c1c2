import type { Option, Switch, ValuedOption } from './option.ts'

/** The options that were given, each with its values. */
export class OptionValues {
  readonly #values = new Map<Option, unknown[]>()

  add(option: Option, value: unknown): void {
    const values = this.#values.get(option)
    if (values === undefined) this.#values.set(option, [value])
    else values.push(value)
  }

  has(option: Option): boolean {
    return this.#values.has(option)
  }

  all<T>(option: ValuedOption<T>): T[] {
    // What is under an option was read by its own `value`.
    return (this.#values.get(option) ?? []) as T[]
  }

  last<T>(option: ValuedOption<T>): T | undefined {
    return this.all(option).at(-1)
  }

  isOn(option: Switch): boolean {
    return (this.#values.get(option)?.at(-1) ?? option.isOn ?? false) as boolean
  }
}
