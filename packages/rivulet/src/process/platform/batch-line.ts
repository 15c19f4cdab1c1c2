/**
 * What stands for itself in cmd.exe and in a batch file that takes the quotes off. `%`, `!`, `^`, `&`, `|`, `<`, `>`, quotes,
 * parentheses and line ends do not.
 */
const plain = /^[\w .,:;=@#~+\\/-]*$/

/** What stands for itself in the path of the file: nobody takes its quotes off, so letters of all scripts and brackets do. */
const plainPath = /^[\p{L}\p{M}\p{N}_ .,:;=@#~+'()[\]{}\\/-]*$/u

/** Characters that cmd.exe takes in a line; what it does with more is not known. */
const mostCharacters = 8191

/** The line by which cmd.exe runs a batch file; `undefined` where something in it could be taken for a command. */
export function batchLine(file: string, args: readonly string[]): string | undefined {
  const words = [file, ...args]
  // A backslash before the closing quote would be read as part of it by some programs, and not by others.
  if (!plainPath.test(file) || !args.every((arg) => plain.test(arg) && !arg.endsWith('\\'))) return undefined
  const line = `"${words.map((word) => `"${word}"`).join(' ')}"`
  return line.length > mostCharacters ? undefined : line
}
