/** A copy that Node passes as it is: where coverage is measured, it adds a variable that is not named. */
export function exactEnvironment(env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  const defined = Object.entries(env).filter(([, value]) => value !== undefined)
  const isAdded = process.env.NODE_V8_COVERAGE !== undefined && env.NODE_V8_COVERAGE === undefined
  return { ...Object.fromEntries(defined), ...(isAdded ? { NODE_V8_COVERAGE: undefined } : {}) }
}
