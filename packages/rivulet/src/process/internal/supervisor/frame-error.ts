/** The supervisor sent what cannot be understood: not the one that belongs to this version, or a damaged pipe. */
export class FrameError extends Error {
  override readonly name = 'FrameError'

  constructor(what: string) {
    super(`The supervisor ${what}; install the platform package of the same version as the library`)
  }
}
