/** What was asked for cannot be: the message says why, and what to do, in one line. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}
