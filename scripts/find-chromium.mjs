const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/**
 * The Chromium that the browser tests use: the one that CHROMIUM names, else the system's.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {(path: string) => boolean} exists
 * @returns {string | undefined}
 */
export function findChromium(env, exists) {
  const named = env.CHROMIUM
  if (named !== undefined && named !== '') return exists(named) ? named : undefined
  return places.find(exists)
}

export const howToGetChromium =
  'No Chromium found for the browser tests: install one (on Debian: apt-get install chromium), ' +
  'or name its path in the environment variable CHROMIUM.'
