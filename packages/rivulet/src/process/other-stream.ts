/**
 * What becomes of the stream beside the one that is read alone. `'discard'`: it is read and dropped. `'keep'`: its last
 * 64 KiB are held, as `kept`. `'inherit'`: the program writes it to where our own goes.
 */
export type OtherStream = 'discard' | 'keep' | 'inherit'
