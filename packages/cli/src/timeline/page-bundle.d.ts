/** The page's script, made of the sources in `page/` when the package is built. */
export const script: string
/** Its style. */
export const style: string
