import { existsSync } from 'node:fs'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { findChromium } from './scripts/find-chromium.mjs'

/** Only so that what hangs is told: on a busy machine everything takes many times as long. */
const testTimeout = 60_000

const chromium = findChromium(process.env, existsSync)

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          testTimeout,
          include: ['packages/*/test/**/*.test.ts'],
          globalSetup: ['./scripts/build-once.mjs'],
        },
      },
      {
        // The tests of runs once more, with every run through the supervisor. What looks at the guard, at who is started in
        // which turn, or at fixtures with runs of their own, is of the other way alone, or has tests of its own.
        test: {
          name: 'supervised',
          testTimeout,
          include: [
            'packages/rivulet/test/process/{bytes,contract,errors,input,last-output,memory,nothing-lost,run,scope,views}.test.ts',
            'packages/rivulet/test/process/stopping/stopping*.test.ts',
          ],
          setupFiles: ['./packages/rivulet/test/support/supervised.ts'],
          env: { RIVULET_TEST_ORDER: 'exact' },
          globalSetup: ['./scripts/build-once.mjs'],
        },
      },
      {
        // Found only while the tests run, it would be bundled then and the page reloaded under them.
        optimizeDeps: { include: ['fast-check'] },
        test: {
          name: 'chromium',
          testTimeout,
          include: ['packages/rivulet/test/core/**/*.test.ts'],
          exclude: ['**/*.node.test.ts'],
          // Where there is none this fails the run: a skipped browser would look like a passed one.
          globalSetup: ['./scripts/require-chromium.mjs'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            instances: [{ browser: 'chromium' }],
            provider: playwright({
              launchOptions: {
                ...(chromium === undefined ? {} : { executablePath: chromium }),
                args: [
                  '--no-sandbox',
                  '--disable-gpu',
                  '--disable-quic',
                  '--no-first-run',
                  '--disable-background-networking',
                  '--disable-component-update',
                  '--disable-sync',
                ],
              },
            }),
          },
        },
      },
    ],
  },
})
