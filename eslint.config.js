import regexp from 'eslint-plugin-regexp'
import tseslint from 'typescript-eslint'

const impureGlobals = [
  'Date',
  'Temporal',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
  'queueMicrotask',
  'fetch',
  'process',
  'console',
  'crypto',
  'Buffer',
  'performance',
  'navigator',
  'global',
  'globalThis',
  'window',
  'self',
  'Intl',
].map((name) => ({ name, message: 'The core is pure: take it as an argument, or leave it to the shell.' }))

const floatGlobals = [
  { name: 'parseFloat', message: 'Amounts and quantities never pass through a float.' },
  { name: 'isNaN', message: 'It coerces its argument.' },
  { name: 'isFinite', message: 'It coerces its argument.' },
]

const impureProperties = [
  { object: 'Math', property: 'random', message: 'Randomness is an argument.' },
  { object: 'Number', property: 'parseFloat', message: 'Amounts and quantities never pass through a float.' },
  ...[
    'localeCompare',
    'toLocaleString',
    'toLocaleDateString',
    'toLocaleTimeString',
    'toLocaleLowerCase',
    'toLocaleUpperCase',
  ].map((property) => ({ property, message: "The answer depends on the machine's locale." })),
]

const floatProperties = [
  ...['round', 'floor', 'ceil', 'trunc', 'fround', 'pow', 'log10'].map((property) => ({
    object: 'Math',
    property,
    message: 'Money is rounded in bigint or decimal.js, with a named mode.',
  })),
  { property: 'toNumber', message: 'A decimal that becomes a number becomes a float.' },
]

const publishedShape = [
  { selector: 'ExportAllDeclaration', message: 'List the names: `export *` publishes by accident.' },
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  {
    selector: ':matches(NewExpression, CallExpression)[callee.name="RegExp"]',
    message: 'Only of a literal does the linter show that it searches in linear time (LV5).',
  },
]

const clockReadings = [
  {
    selector: 'NewExpression[arguments.length=0][callee.name=/Date$/]',
    message: 'A date without an argument reads the clock: the time is an argument.',
  },
]

const floatSyntax = [
  {
    selector: 'Literal[raw=/^[0-9_]*[.][0-9]/]',
    message: 'No float next to money: write a string or a bigint.',
  },
  { selector: 'Literal[raw=/^[0-9][0-9._]*e-?[0-9]/i]', message: 'No float next to money: write a bigint.' },
  { selector: 'UnaryExpression[operator="+"]', message: 'Unary plus makes a float out of a text.' },
]

const typescriptOnly = ['**/*.ts']
const scripts = ['**/*.{js,mjs,cjs}']
const pure = ['src/core/**/*.ts', 'src/state-machines/**/*.ts']

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', '**/node_modules/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: typescriptOnly,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...publishedShape],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/require-array-sort-compare': ['error', { ignoreStringArrays: true }],
    },
  },
  {
    // LV5: what a host hands over is searched in a time that grows with its length, and no faster.
    files: ['src/**/*.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  {
    files: pure,
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals, ...floatGlobals],
      'no-restricted-properties': ['error', ...impureProperties],
      'no-restricted-syntax': ['error', ...publishedShape, ...clockReadings],
      'no-restricted-imports': [
        'error',
        {
          paths: [{ name: 'date-fns', message: 'Import its subpaths: the barrel costs 170 ms.' }],
          patterns: [{ group: ['node:*'], message: 'The core runs without Node.' }],
        },
      ],
    },
  },
  {
    // Where texts become milliseconds and milliseconds texts. A date of an argument is the same on every machine.
    files: ['src/core/time/instant.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...impureGlobals.filter(({ name }) => name !== 'Date'),
        ...floatGlobals,
      ],
      'no-restricted-properties': [
        'error',
        ...impureProperties,
        { object: 'Date', property: 'now', message: 'The time is an argument.' },
      ],
    },
  },
  {
    files: ['src/core/money/**/*.ts'],
    rules: {
      'no-restricted-properties': ['error', ...impureProperties, ...floatProperties],
      'no-restricted-syntax': ['error', ...publishedShape, ...clockReadings, ...floatSyntax],
    },
  },
  {
    // Async test doubles and adapters answer with a promise because their port does; recorded JSON is untyped.
    files: ['tests/**/*.ts', 'bench/**/*.ts', 'examples/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: scripts,
    languageOptions: { ecmaVersion: 2024 },
    rules: { eqeqeq: 'error', 'no-unused-vars': 'error' },
  },
)
