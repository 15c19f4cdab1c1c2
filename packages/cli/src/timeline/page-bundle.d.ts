/** The page's script, made of the sources in `page/` when the package is built. */
export const script: string
/** Its style. */
export const style: string
/** The hash of each as a policy names it, made with them: hashing would be a large part of what a small page costs. */
export const scriptHash: string
export const styleHash: string
