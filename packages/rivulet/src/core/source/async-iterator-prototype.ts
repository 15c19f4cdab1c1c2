// It has no name of its own in the language yet: it is what all async generators inherit from.
async function* generator(): AsyncGenerator<undefined> {
  yield await Promise.resolve(undefined)
}

/** What every async generator of this realm inherits its methods from. */
export const generatorPrototype = Object.getPrototypeOf(generator.prototype) as { readonly next: unknown }

/** What the language gives to all async iterators, and will give (iterator helpers), comes from here. */
export const asyncIteratorPrototype: object = Object.getPrototypeOf(generatorPrototype) as object
