// The import rules of the source tree. `npm run imports` checks them.

// Modules of the core, lowest first. A module sees its own level and the levels below it, never one above.
const levels = [
  ['money', 'time', 'ids', 'text', 'idempotency'],
  ['capacity'],
  ['catalog', 'parties'],
  ['pricing', 'promotions', 'tax', 'totals'],
  ['orders', 'inventory'],
  ['fulfillment', 'shipping', 'forecasting', 'replenishment', 'sourcing'],
  ['returns'],
  ['invoicing'],
  ['payments'],
  ['reconciliation', 'subscriptions', 'ledger', 'revenue'],
  ['notifications', 'audit', 'metrics'],
]

const folders = (names) => `^src/core/(${names.join('|')})/`

const treeRules = levels.slice(0, -1).map((names, level) => ({
  name: `modules-form-a-tree: ${names.join(', ')}`,
  comment: 'A lower module never imports a higher one; what both need belongs below.',
  severity: 'error',
  from: { path: folders(names) },
  to: { path: folders(levels.slice(level + 1).flat()) },
}))

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'If two files need each other, a third one is missing.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'every-import-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'machines-are-leaves',
      comment: 'State machines import XState and each other, nothing else.',
      severity: 'error',
      from: { path: '^src/state-machines/' },
      to: { pathNot: ['^src/state-machines/', '^node_modules/xstate/'] },
    },
    {
      name: 'machines-stand-alone',
      comment: 'A machine imports no sibling: what two share lives in lifecycle.ts.',
      severity: 'error',
      from: { path: '[.]machine[.]ts$' },
      to: { path: '^src/', pathNot: '^src/state-machines/lifecycle[.]ts$' },
    },
    {
      name: 'core-is-pure',
      comment:
        'The core imports itself, the state machines, zod, decimal.js and date-fns. No Node, no driver, no shell.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: {
        pathNot: [
          '^src/core/',
          '^src/state-machines/',
          '^node_modules/(zod|decimal[.]js|date-fns|@date-fns/(tz|utc))/',
        ],
      },
    },
    {
      name: 'decimals-in-one-file',
      comment: 'One Decimal with our precision and rounding; a second constructor would round at 20 digits.',
      severity: 'error',
      from: { pathNot: '^src/core/money/decimal[.]ts$' },
      to: { path: '^node_modules/decimal[.]js/' },
    },
    {
      name: 'network-in-the-webhook-adapter',
      comment: 'One place connects to addresses that others choose, and it checks each of them.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/adapters/webhook/(send-over-https|checked-addresses)[.]ts$' },
      to: { path: '^(node:)?(https?|dns|dns/promises|net|tls|http2)$' },
    },
    {
      name: 'calendar-in-core-time',
      severity: 'error',
      from: { pathNot: '^src/core/time/' },
      to: { path: '^node_modules/(date-fns|@date-fns/(tz|utc))/' },
    },
    {
      name: 'modules-see-no-ports-and-no-flows',
      comment:
        'A module decides over its own state. The files beside the module folders frame commands and may name ports.',
      severity: 'error',
      from: { path: '^src/core/[^/]+/', pathNot: '^src/core/(flows|ports)/' },
      to: { path: '^src/core/(flows|ports)/' },
    },
    {
      name: 'core-foundations-see-no-flows',
      severity: 'error',
      from: { path: ['^src/core/[^/]+$', '^src/core/ports/'] },
      to: { path: '^src/core/flows/' },
    },
    {
      name: 'every-module-has-its-level',
      comment: 'A new folder of the core is placed in the list of levels above.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/core/[^/]+/', pathNot: [folders(levels.flat()), '^src/core/(flows|ports)/'] },
    },
    ...treeRules,
    {
      name: 'app-sees-no-adapter',
      severity: 'error',
      from: { path: '^src/app/' },
      to: { path: '^src/adapters/' },
    },
    {
      name: 'adapters-see-ports-not-decisions',
      severity: 'error',
      from: { path: '^src/adapters/' },
      to: {
        path: ['^src/core/flows/', '-decider[.]ts$', '^src/app/', '^src/state-machines/', '^src/index[.]ts$'],
      },
    },
    {
      name: 'shipped-code-sees-no-test-code',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/testing/' },
      to: { path: '^src/testing/' },
    },
    {
      name: 'source-stands-alone',
      comment: 'Nothing that is published imports tests, benchmarks, examples or scripts.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(tests|bench|examples|scripts)/' },
    },
    {
      name: 'no-development-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm-peer'],
      },
    },
    {
      name: 'main-entry-needs-no-optional-package',
      comment: 'Drivers, parsers and test tools belong to their own subpath.',
      severity: 'error',
      from: { path: '^src/index[.]ts$' },
      to: {
        reachable: true,
        path: [
          '^node_modules/(libsql|better-sqlite3|pg|csv-parse|fast-check|fast-xml-parser|pdfkit|bwip-js|ipaddr[.]js)/',
          '^src/adapters/(sqlite|postgres|csv|documents|pdf|webhook)/',
          '^src/testing/',
        ],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
