/** How a shell completes a word. */
export type Completion =
  | { readonly kind: 'choices'; readonly choices: readonly string[] }
  | { readonly kind: 'file' }
  | { readonly kind: 'folder' }
  | { readonly kind: 'program' }
  | { readonly kind: 'none' }

/** What an option takes. */
export interface Value<T> {
  /** What stands for it in the help, such as `FILE`. */
  readonly placeholder: string
  /** What it must be, to follow `must be` in a message. */
  readonly expected: string
  readonly completion: Completion
  /** Undefined if it is not what is expected. Throws if there is more to say than that. */
  readonly read: (text: string) => T | undefined
}

/** An option that takes a value: `--format text`, `--format=text`; `-n api`, `-napi` if it has a short form. */
export interface ValuedOption<T> {
  readonly kind: 'valued'
  /** Without its dashes. */
  readonly name: string
  readonly short?: string
  readonly value: Value<T>
  /** Each time it is given counts; otherwise the last does. */
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
