// Node's MessagePort has `onmessage`, as every platform's, but its types leave it out; core's sources, which the tests
// import, use it.
declare module 'worker_threads' {
  interface MessagePort {
    onmessage: ((event: { readonly data: unknown }) => void) | null
  }
}

export {}
