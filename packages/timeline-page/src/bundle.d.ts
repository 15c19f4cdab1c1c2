/** The page's own script and style, each with its hash as a content security policy names it: `sha256-` and base64. */
export interface PageBundle {
  script: string
  scriptHash: string
  style: string
  styleHash: string
}

/** Made of the sources here when the package is built, hashes included: hashing would be most of what a small page costs. */
export const pageBundle: PageBundle
