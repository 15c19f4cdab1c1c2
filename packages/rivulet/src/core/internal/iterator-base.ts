const generatorPrototype: object = Object.getPrototypeOf(async function* () {}.prototype) as object
const asyncIteratorPrototype: object = Object.getPrototypeOf(Object.getPrototypeOf(generatorPrototype) as object) as object

/** Inherits from the language's own async iterators, so that what it gives to all of them (iterator helpers) comes here too. */
export class IteratorBase {
  static {
    Object.setPrototypeOf(IteratorBase.prototype, asyncIteratorPrototype)
  }
}
