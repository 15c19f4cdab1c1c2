import { fileURLToPath } from 'node:url'

/** The command as it is built. */
export const main: string = fileURLToPath(new URL('../../dist/main.js', import.meta.url))
