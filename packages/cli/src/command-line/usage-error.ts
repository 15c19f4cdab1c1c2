/** The words of the command line are wrong: the message says in one line what is, and what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
