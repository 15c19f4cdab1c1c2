/** A variable of an environment of Windows, where names have no case; of several the one that Node passes on. */
export function valueOf(env: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  const key = Object.keys(env)
    .sort()
    .find((candidate) => candidate.toUpperCase() === name.toUpperCase())
  return key === undefined ? undefined : env[key]
}
