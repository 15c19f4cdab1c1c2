/**
 * A program that checks use, with Debian's packages that have it.
 *
 * @typedef {{ name: string, packages: string[], isForTests: boolean }} Tool
 */

/** What `npm run check` needs beside a browser, and what the checks of `.ci/run` need beyond that. @type {Tool[]} */
export const tools =
  process.platform === 'linux'
    ? [
        { name: 'cc', packages: ['gcc', 'libc6-dev'], isForTests: true },
        { name: 'valgrind', packages: ['valgrind', 'libc6-dbg'], isForTests: true },
        { name: 'zsh', packages: ['zsh'], isForTests: true },
        { name: 'fish', packages: ['fish'], isForTests: true },
        { name: 'groff', packages: ['groff'], isForTests: true },
        { name: 'make', packages: ['make'], isForTests: false },
        {
          name: 'aarch64-linux-gnu-gcc',
          packages: ['gcc-aarch64-linux-gnu', 'libc6-dev-arm64-cross'],
          isForTests: false,
        },
        { name: 'qemu-aarch64-static', packages: ['qemu-user-static'], isForTests: false },
      ]
    : []

/** How to get one of them. @type {(tool: Tool) => string} */
export const howToGet = ({ name, packages }) => `${name} (on Debian: apt-get install ${packages.join(' ')})`
