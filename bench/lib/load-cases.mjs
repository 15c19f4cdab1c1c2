import { readdir } from 'node:fs/promises'

const folder = new URL('../cases/', import.meta.url)

/** The rows of all case files, each with the name of its file. */
export async function loadCases() {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.mjs')).sort()
  const modules = await Promise.all(files.map((file) => loadCase(file)))
  return modules.flatMap((rows, index) => rows.map((row) => ({ ...row, file: files[index] })))
}

/** The rows of one file. Each `copy` is a module of its own, so that the loops of two sides share no type feedback. */
export async function loadCase(file, copy = 'list') {
  const { rows } = await import(`${new URL(file, folder).href}?${copy}`)
  return rows
}
