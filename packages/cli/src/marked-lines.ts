import type { Run } from 'rivulet/process'

/** A run as text: each line behind a mark for its stream. */
export async function* markedLines(child: Run, inColour: boolean): AsyncGenerator<string> {
  const marks = inColour
    ? { stdout: '\u001b[32mout\u001b[0m | ', stderr: '\u001b[31merr\u001b[0m | ' }
    : { stdout: 'out | ', stderr: 'err | ' }
  for await (const [name, batch] of child.lineBatches()) {
    let text = ''
    for (const line of batch) text += `${marks[name]}${line}\n`
    yield text
  }
}
