import { defineConfig, globalIgnores } from 'eslint/config'
import js from '@eslint/js'
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript'
import { importX } from 'eslint-plugin-import-x'
import tseslint from 'typescript-eslint'

/** What the files of each folder may import besides one another. Everything else in the workspace, installed packages included, is refused. */
const arrows = [
  { target: 'packages/rivulet/src/core', except: [], message: 'The core imports its own files only.' },
  {
    target: 'packages/rivulet/src/process',
    except: [
      'packages/rivulet/src/core/index.ts',
      'packages/rivulet/src/core/checks',
      'packages/rivulet/src/core/source/scope.ts',
    ],
    message:
      "The process package imports its own files, the core's index, its checks and its scopes, and what Node has.",
  },
  { target: 'packages/timeline-page/src', except: [], message: 'The page of the timeline imports its own files only.' },
  {
    target: 'packages/cli/src',
    except: [
      'packages/rivulet/dist/core/index.d.ts',
      'packages/rivulet/dist/process/index.d.ts',
      'packages/timeline-page/dist/index.d.ts',
      'packages/timeline-page/src/bundle.d.ts',
      'node_modules/get-east-asian-width',
    ],
    message:
      'The command imports its own files, rivulet, rivulet/process, the page of the timeline, what Node has, and what is ' +
      'bundled: pinned, with a page in docs/decisions that says why.',
  },
]

/** Globals that some runtimes of the core do not have. */
const platformGlobals = ['process', 'Buffer', 'require', 'document', 'window', 'self', 'Deno', 'Bun']

/** Types written as `import('…').Name`, which the rules of imports do not look at. */
const importTypes = { selector: 'TSImportType', message: 'Import the type by a declaration.' }

export default defineConfig(
  globalIgnores(['**/dist/', '**/node_modules/']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: {
      parserOptions: {
        project: [
          'packages/rivulet/src/core/tsconfig.json',
          'packages/rivulet/src/process/tsconfig.json',
          'packages/cli/src/tsconfig.json',
          'packages/timeline-page/src/tsconfig.json',
          'packages/*/test/tsconfig.json',
          'tsconfig.tools.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    settings: {
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [createTypeScriptImportResolver({ noWarnOnMultipleProjects: true })],
    },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      // Only errors are thrown by our own code; what a caller threw or gave as a reason goes on as it was.
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingAny: false, allowThrowingUnknown: true }],
      '@typescript-eslint/prefer-promise-reject-errors': [
        'error',
        { allowThrowingAny: false, allowThrowingUnknown: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // A type of function and a type of object read better in the form that fits them.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/prefer-function-type': 'off',
      // It asks for the `!` that another rule forbids.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    rules: {
      'import-x/no-unresolved': ['error', { commonjs: true }],
      'import-x/no-restricted-paths': [
        'error',
        {
          basePath: import.meta.dirname,
          zones: arrows.map(({ target, except, message }) => ({
            target,
            from: '.',
            except: [target, ...except],
            message,
          })),
        },
      ],
      'no-restricted-syntax': ['error', importTypes],
    },
  },
  {
    files: ['packages/rivulet/src/core/**/*.ts', 'packages/timeline-page/src/**/*.ts'],
    rules: { 'import-x/no-nodejs-modules': 'error' },
  },
  {
    files: ['packages/rivulet/src/core/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', { globals: platformGlobals, checkGlobalObject: true }],
      'no-restricted-syntax': [
        'error',
        importTypes,
        {
          selector: `:matches(TSTypeReference, TSTypeQuery, TSQualifiedName) > Identifier[name=/^(NodeJS|${platformGlobals.join('|')})$/]`,
          message: 'The core has no types of one platform.',
        },
      ],
    },
  },
  {
    // Declares globals, which only `var` does as the platforms do, for names that core may not use yet.
    files: ['**/*.d.ts'],
    rules: { 'no-var': 'off', '@typescript-eslint/no-unused-vars': 'off' },
  },
  {
    // Tests throw falsy values, reject with them, leave promises pending and mock with empty and async functions.
    files: ['packages/*/test/**/*.ts'],
    rules: {
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'require-yield': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', Buffer: 'readonly' } },
  },
)
