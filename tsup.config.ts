import { defineConfig } from 'tsup'

// dependencies and peerDependencies of package.json stay external by themselves. Splitting is left at its
// default: on for ESM, so that two subpaths share one copy of the core, and off for CommonJS.
export default defineConfig({
  entry: {
    index: 'src/index.ts',
    sqlite: 'src/adapters/sqlite/index.ts',
    postgres: 'src/adapters/postgres/index.ts',
    testing: 'src/testing/index.ts',
    arbitraries: 'src/testing/arbitraries/index.ts',
    machines: 'src/state-machines/index.ts',
    csv: 'src/adapters/csv/index.ts',
    documents: 'src/adapters/documents/index.ts',
    pdf: 'src/adapters/pdf/index.ts',
    sourcing: 'src/sourcing/index.ts',
    revenue: 'src/revenue/index.ts',
    webhook: 'src/adapters/webhook/index.ts',
  },
  format: ['esm', 'cjs'],
  platform: 'node',
  target: 'node20',
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
  sourcemap: true,
  treeshake: true,
  minify: false,
  clean: true,
  // `node:sqlite` and `node:test` exist under their prefixed name only.
  removeNodeProtocol: false,
})
