import { execFile, spawnSync } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installPacked } from '../../../../scripts/install-packed.mjs'
import { packPackages } from '../../../../scripts/pack-packages.mjs'
import { platforms, whyNotFor, whyNotPublishable } from '../../../../scripts/supervisor-binary.mjs'
import { packages, workspace } from './files.ts'

const execute = promisify(execFile)
const own = platforms.find(({ os, cpu }) => os === process.platform && cpu === process.arch)

type Manifest = Record<string, unknown> & { name: string; version: string }

async function manifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest
}

describe('the library', () => {
  test('depends on the packages of its supervisor, each of its own version and optional, and on nothing else', async () => {
    const library = await manifest(`${packages}rivulet`)
    const names = platforms.map(({ name }) => `@rivulet/supervisor-${name}`)
    expect(library.optionalDependencies).toEqual(Object.fromEntries(names.map((name) => [name, library.version])))
    for (const kind of ['dependencies', 'peerDependencies', 'bundleDependencies', 'bundledDependencies']) {
      expect(library).not.toHaveProperty(kind)
    }
  })

  test.each(platforms)(
    'has $name in the workspace, of the same version, and for whatever machine',
    async ({ name }) => {
      const platform = await manifest(`${packages}supervisor/${name}`)
      expect(platform).toMatchObject({
        name: `@rivulet/supervisor-${name}`,
        version: (await manifest(`${packages}rivulet`)).version,
      })
      for (const kind of ['os', 'cpu', 'libc']) expect(platform).not.toHaveProperty(kind)
    },
  )
})

test('the command is packed with all that it needs but the supervisor, and with its manual', async () => {
  const [command, library] = [await manifest(`${packages}cli`), await manifest(`${packages}rivulet`)]
  expect(command.version).toBe(library.version)
  expect(command.optionalDependencies).toEqual(library.optionalDependencies)
  for (const kind of ['dependencies', 'peerDependencies', 'bundleDependencies', 'bundledDependencies']) {
    expect(command).not.toHaveProperty(kind)
  }
  const options = { cwd: `${packages}cli`, shell: process.platform === 'win32' }
  const { stdout } = await execute('npm', ['pack', '--dry-run', '--json', '--workspaces=false'], options)
  const [packed] = JSON.parse(stdout) as [{ files: { path: string }[] }]
  const names = ['main', 'run-command', 'show-command', 'timeline-command', 'help-command', 'completion-command']
  const wanted = [
    'LICENSE',
    'README.md',
    'package.json',
    'dist/package.json',
    'dist/rivulet.1',
    'dist/third-party-licenses.txt',
    ...names.map((name) => `dist/${name}.js`),
  ]
  expect(packed.files.map(({ path }) => path).sort()).toEqual(wanted.sort())
}, 30_000)

test('the command comes with the licence of each package that is bundled into it', async () => {
  const { devDependencies } = (await manifest(`${packages}cli`)) as { devDependencies?: Record<string, string> }
  const shipped = await readFile(`${packages}cli/dist/third-party-licenses.txt`, 'utf8')
  const bundled = Object.entries(devDependencies ?? {}).filter(([name]) => !/^(@rivulet\/|rivulet$)/.test(name))
  expect(bundled.length).toBeGreaterThan(0)
  for (const [name, version] of bundled) {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/)
    const license = await readFile(`${workspace}node_modules/${name}/license`, 'utf8')
    expect(shipped).toContain(`${name} ${version}\n\n${license.trim()}\n`)
  }
})

test.each(platforms.flatMap(({ name }) => ['pack', 'publish'].map((verb) => ({ name, verb }))))(
  'npm $verb in the folder of $name is refused, and says what to do',
  ({ name, verb }) => {
    const { status, stderr } = spawnSync('npm', [verb, '--dry-run', '--offline'], {
      cwd: `${packages}supervisor/${name}`,
      shell: process.platform === 'win32',
      encoding: 'utf8',
    })
    expect(stderr).toContain('npm run pack')
    expect(status).not.toBe(0)
  },
  30_000,
)

/** A header of a binary with program headers of these types. */
function elf(machine: number, types: number[] = [1]): Buffer {
  const bytes = Buffer.alloc(64 + 56 * types.length)
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1])
  bytes.writeUInt16LE(machine, 18)
  bytes.writeBigUInt64LE(64n, 32)
  bytes.writeUInt16LE(56, 54)
  bytes.writeUInt16LE(types.length, 56)
  types.forEach((type, at) => bytes.writeUInt32LE(type, 64 + 56 * at))
  return bytes
}

describe('a binary is for a machine', () => {
  test('where it is static and of that machine', () => {
    expect(whyNotFor(elf(183), 183)).toBeUndefined()
  })

  test.each([
    ['it is for another', elf(62), 'is for machine 62 instead of 183'],
    ['it needs a loader, whatever comes before', elf(183, [1, 4, 3]), 'is not static: it needs a libc of its own kind'],
    ['it is a script', Buffer.from(`#!/bin/sh\n${' '.repeat(80)}`), 'is no 64-bit little-endian ELF file'],
    ['it was cut', elf(183).subarray(0, 20), 'is no 64-bit little-endian ELF file'],
    ['its program headers were cut', elf(183).subarray(0, 70), 'ends within its headers'],
  ])('not where %s', (_, bytes, why) => {
    expect(whyNotFor(bytes, 183)).toBe(why)
  })
})

describe('what can be published', () => {
  const platform = { name: 'linux-x64', machine: 62 }
  let folder: string
  let binary: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rivulet-supervisor-'))
    binary = join(folder, 'linux-x64/bin/rivulet-supervisor')
    await mkdir(join(folder, 'src'))
    await mkdir(join(folder, 'linux-x64/bin'), { recursive: true })
    await writeFile(join(folder, 'src/main.c'), '')
    await utimes(join(folder, 'src/main.c'), 1000, 1000)
  })

  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('is a binary that is there', async () => {
    expect(await whyNotPublishable(folder, platform)).toMatch(/is not there: build it by .* --target=linux-x64$/)
  })

  test('is executable', async () => {
    await writeFile(binary, elf(62), { mode: 0o644 })
    expect(await whyNotPublishable(folder, platform)).toMatch(/is not executable$/)
    await chmod(binary, 0o755)
    expect(await whyNotPublishable(folder, platform)).toBeUndefined()
  })

  test('is for its machine', async () => {
    const why = await whyNotPublishable(folder, { ...platform, machine: 183 })
    expect(why).toBe('linux-x64/bin/rivulet-supervisor is for machine 62 instead of 183')
  })

  test('is not older than its source', async () => {
    await utimes(binary, 999, 999)
    expect(await whyNotPublishable(folder, platform)).toMatch(/is older than its source: build it by /)
  })
})

// The library is for every platform; there is something to install beside it on these.
describe.runIf(own !== undefined)('on a platform with a supervisor', () => {
  const name = `@rivulet/supervisor-${own?.name ?? ''}`
  let home: string

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'rivulet-packing-'))
    // No compiler, nor anything else but a shell, is found here.
    await mkdir(join(home, 'bin'))
    await symlink('/bin/sh', join(home, 'bin/sh'))
  })

  afterAll(() => rm(home, { recursive: true, force: true }))

  /** What a program in that folder prints, as JSON, where no program but `sh` is found. */
  async function output(folder: string, program: string): Promise<unknown> {
    await writeFile(join(folder, 'program.mjs'), program)
    const env = { PATH: join(home, 'bin') }
    const { stdout } = await execute(process.execPath, ['program.mjs'], { cwd: folder, env })
    return JSON.parse(stdout)
  }

  test('its package is packed with a binary, names the platform and refuses nothing', async () => {
    const { packed, missing } = await packPackages(join(home, 'packed'))
    const { path = '' } = packed.find((one) => one.name === name) ?? {}
    expect(missing.map((one) => one.name)).not.toContain(name)
    await execute('tar', ['-xzf', path, '-C', home])
    expect(await manifest(join(home, 'package'))).toMatchObject({ os: [own?.os], cpu: [own?.cpu] })
    expect(await manifest(join(home, 'package'))).not.toHaveProperty('scripts')
    const { stdout } = await execute(join(home, 'package/bin/rivulet-supervisor'), ['--probe'])
    expect(stdout).toBe('rivulet-supervisor 1\n')
  }, 60_000)

  test('a binary of the wrong machine is not packed, and it is told why', async () => {
    const folder = join(home, 'supervisor')
    const [other] = platforms.filter((platform) => platform !== own)
    await cp(`${packages}supervisor/${own?.name ?? ''}`, join(folder, other?.name ?? ''), { recursive: true })
    await mkdir(join(folder, 'src'))
    await writeFile(join(folder, 'src/main.c'), '')
    await utimes(join(folder, 'src/main.c'), 1000, 1000)
    expect(await whyNotPublishable(folder, other!)).toMatch(/ is for machine \d+ instead of \d+$/)
  })

  describe('installed from the packed files, where there is no compiler', () => {
    let installed: Awaited<ReturnType<typeof installPacked>>

    beforeAll(async () => {
      installed = await installPacked()
    }, 120_000)

    afterAll(() => installed[Symbol.asyncDispose]())

    test('the library has the supervisor of its platform and of no other', async () => {
      const program = `
        import { existsSync } from 'node:fs'
        import { supervisorStatus } from 'rivulet/process'
        const there = ${JSON.stringify(platforms.map((platform) => platform.name))}
        const packages = there.filter((name) => existsSync('node_modules/@rivulet/supervisor-' + name))
        console.log(JSON.stringify([supervisorStatus(), packages]))
      `
      const path = join(installed.folder, `node_modules/${name}/bin/rivulet-supervisor`)
      expect(await output(installed.folder, program)).toEqual([{ available: true, path }, [own?.name]])
    }, 30_000)

    test('the command gives exact order', async () => {
      const script = 'echo 1; echo 2 >&2; echo 3; echo 4 >&2; echo 5'
      const command = join(installed.folder, 'node_modules/@rivulet/cli/dist/main.js')
      const args = [command, 'run', '--order', 'exact', '--to', 'stdout', '--', 'sh', '-c', script]
      const { stdout } = await execute(process.execPath, args, { env: { PATH: join(home, 'bin') } })
      expect(stdout).toBe('out | 1\nerr | 2\nout | 3\nerr | 4\nout | 5\n')
    }, 30_000)

    test('a run gives exact order', async () => {
      const program = `
        import { run } from 'rivulet/process'
        const child = run('sh', ['-c', 'echo 1; echo 2 >&2; echo 3; echo 4 >&2; echo 5'], { order: 'exact' })
        const seen = []
        for await (const [name, line] of child.lines()) seen.push(name + ' ' + line)
        const { order } = await child.status
        console.log(JSON.stringify({ seen, order }))
      `
      expect(await output(installed.folder, program)).toEqual({
        seen: ['stdout 1', 'stderr 2', 'stdout 3', 'stderr 4', 'stdout 5'],
        order: 'exact',
      })
    }, 30_000)
  })

  describe('installed without optional dependencies', () => {
    let installed: Awaited<ReturnType<typeof installPacked>>

    beforeAll(async () => {
      installed = await installPacked('--omit=optional')
    }, 120_000)

    afterAll(() => installed[Symbol.asyncDispose]())

    test('the library says that there is no supervisor and why, and runs programs', async () => {
      const program = `
        import { run, supervisorStatus } from 'rivulet/process'
        const seen = []
        for await (const [name, line] of run('sh', ['-c', 'echo 1']).lines()) seen.push(name + ' ' + line)
        console.log(JSON.stringify({ status: supervisorStatus(), seen }))
      `
      expect(await output(installed.folder, program)).toEqual({
        status: { available: false, reason: expect.stringContaining(`the package ${name} is not installed`) as string },
        seen: ['stdout 1'],
      })
    }, 30_000)

    test('a run refuses exact order and says why, and takes what there is where it may', async () => {
      const program = `
        import { run, supervisorStatus } from 'rivulet/process'
        const refused = await run('sh', ['-c', ''], { order: 'exact' }).wait().catch((error) => error)
        const { order } = await run('sh', ['-c', ''], { order: 'auto' }).wait()
        const isTold = refused.message.includes(supervisorStatus().reason)
        console.log(JSON.stringify({ name: refused.name, code: refused.code, isTold, order }))
      `
      expect(await output(installed.folder, program)).toEqual({
        name: 'SpawnError',
        code: 'ERR_NO_SUPERVISOR',
        isTold: true,
        order: 'arrival',
      })
    }, 30_000)
  })
})
