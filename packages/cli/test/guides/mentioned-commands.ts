/** The commands that a page shows without their output: in its text and tables, and on the lines of its `sh` blocks. */
export function mentionedCommands(page: string): string[] {
  const text = page.replaceAll(/^```[^]*?^```$/gm, '')
  const scripts = [...page.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, script = '']) => script)
  return [
    // Alone, `rivulet run` is its name.
    ...[...text.matchAll(/`(rivulet [a-z]+ [^`]+)`/g)].map(([, command = '']) => inTable(command)),
    ...scripts.flatMap((script) => script.split('\n')).filter((line) => line.startsWith('rivulet ')),
  ].map((command) => (command.endsWith(' --') ? `${command} make` : command))
}

/** In a table a bar that parts no columns has a backslash before it. */
function inTable(command: string): string {
  return command.replaceAll('\\|', '|')
}
