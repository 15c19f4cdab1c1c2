/** How a shell completes a value. */
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
  /** What it must be, to stand behind `must be` in a message. */
  readonly expected: string
  readonly completion: Completion
  /** Undefined where it is not what is expected. Throws where there is more to say than that. */
  readonly read: (text: string) => T | undefined
}
