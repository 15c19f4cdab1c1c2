/** The shells that there is a completion script for. */
export const shells = ['bash', 'zsh', 'fish'] as const

/** What `rivulet completion` is asked to do. */
export interface CompletionRequest {
  /** Which script to print. */
  shell: (typeof shells)[number]
}
