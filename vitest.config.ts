import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { compiledSource } from './tests/support/compiled-source.js'
import tsconfig from './tsconfig.json' with { type: 'json' }

// Tests import the package by its published names; tsconfig.json says which source stands behind each.
const alias = Object.entries(tsconfig.compilerOptions.paths).map(([name, [source = '']]) => ({
  find: new RegExp(`^${name}$`),
  replacement: fileURLToPath(new URL(source, import.meta.url)),
}))

// Whoever watches, or counts the branches that are taken, has the sources themselves loaded.
const runsOnce = process.argv.includes('run') && !process.argv.includes('--coverage')

export default defineConfig({
  resolve: { alias },
  plugins: runsOnce ? [await compiledSource()] : [],
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/postgres/global-setup.ts'],
    // Left to itself it keeps one processor free: on two, that is half of them.
    maxWorkers: availableParallelism(),
    // Native database drivers are not safe to share between worker threads.
    pool: 'forks',
    // Loading the modules anew for each of some 200 files took longer than the tests. No test may leave a global changed.
    isolate: false,
    // Properties make much that is gone at once: with room for it, clearing away takes a sixth less of the whole time.
    execArgv: ['--max-semi-space-size=64', '--enable-source-maps'],
    // Properties of ten thousand cases take minutes on a busy machine.
    testTimeout: 300_000,
    hookTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'html'],
    },
  },
})
